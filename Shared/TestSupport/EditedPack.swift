import Foundation
import Procedure

/// A shipped pack as a file of the test's own, edited as people edit it while services run.
package struct EditedPack: Sendable {
    package let file: String
    private let shipped: String

    /// - Parameter name: a pack in `compose/policies`.
    package init(_ name: String = "service-standard", in folder: TemporaryFolder) throws {
        let policies = BuildProducts.repository.appendingPathComponent("compose/policies")
        let calendars = policies.deletingLastPathComponent().appendingPathComponent("calendars").path
        let text = try String(contentsOf: policies.appendingPathComponent("\(name).yaml"), encoding: .utf8)
        shipped = text.replacingOccurrences(of: "../calendars", with: calendars)
        file = folder.path("\(name).yaml")
    }

    /// Writes the shipped pack with another version and some pieces replaced, each of which must be there.
    @discardableResult
    package func write(version: Int, _ edits: KeyValuePairs<String, String> = [:]) throws -> EditedPack {
        var text = shipped.replacing(/\nversion: \d+\n/, with: "\nversion: \(version)\n")
        for (piece, other) in edits {
            guard text.contains(piece) else { throw NoSuchPiece(piece: piece) }
            text = text.replacingOccurrences(of: piece, with: other)
        }
        return try write(text)
    }

    /// Writes anything.
    @discardableResult
    package func write(_ text: String) throws -> EditedPack {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        return self
    }

    /// The pack as it stands in the file.
    package func load() throws -> PolicyPack { try PolicyPack.load(file: file) }

    /// What the shipped pack does not say (any more).
    package struct NoSuchPiece: Error {
        package var piece: String
    }
}
