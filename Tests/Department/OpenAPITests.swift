import Foundation
import Testing

@testable import DepartmentService

/// The description of the API names every step, state and query that there is.
@Suite struct OpenAPITests {
    private func description() throws -> String {
        let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../docs/api/department.yaml")
            .standardized
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test(arguments: WorkAction.allCases) func everyStepIsDescribed(_ action: WorkAction) throws {
        #expect(try description().contains("\n  /departments/{id}/api/cases/{number}/\(action.rawValue):\n"))
    }

    @Test func everyStateIsDescribed() throws {
        let states = WorkState.allCases.map(\.rawValue).joined(separator: ", ")
        #expect(try description().contains("enum: [\(states)]"))
    }
}
