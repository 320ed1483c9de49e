import Foundation
import Hummingbird
import IntakeService
import TestSupport
import Testing
import Web

@Suite struct IntakeOpenAPITests {
    @Test("The description of the API has every address of the API, and no other")
    func addresses() throws {
        let text = try String(
            contentsOf: IntakeFixture.repository.appendingPathComponent("docs/api/intake.yaml"), encoding: .utf8)
        var described: Set<String> = []
        var path = ""
        for line in text.split(separator: "\n") {
            if let match = line.firstMatch(of: /^  (\/\S+):$/) { path = String(match.1) }
            if let match = line.firstMatch(of: /^    (get|post|put|delete|patch):$/) {
                described.insert("\(match.1.uppercased()) \(path)")
            }
        }
        let intake = try IntakeFixture()
        let router = Router(context: WebContext.self)
        IntakeRoutes(intake.desk).add(to: router)
        let served = router.routes.map(\.description).filter { $0.contains("/api/") || $0.contains("/evidence/") }
        #expect(described == Set(served))
    }
}
