import Foundation
import TestSupport

/// Complaints under way, every person's part played through the public API by `redress-load`. Its people try again when
/// a service is away, as people do.
struct Load: Sendable {
    private let folder: TemporaryFolder

    init(_ system: RunningSystem) throws {
        folder = try TemporaryFolder()
        try system.writeCredentials(to: folder.path("credentials.json"))
    }

    /// What `redress-load --json` writes, as far as it is needed.
    struct Report: Decodable, Sendable {
        struct Reconciliation: Decodable, Sendable {
            struct Totals: Decodable, Sendable {
                var received: Int
                var difference: Int
            }
            var isBalanced: Bool
            var totals: Totals

            private enum CodingKeys: String, CodingKey {
                case isBalanced = "balanced"
                case totals
            }
        }
        var accepted: Int
        var finished: Int
        var failed: Int
        var lost: [String]
        var reconciliation: Reconciliation?
    }

    func play(rate: Int, count: Int) async throws -> Report {
        let file = folder.path("report.json")
        _ = try await BuildProducts.run(
            "redress-load",
            [
                "run", "--credentials", folder.path("credentials.json"), "--rate", "\(rate)", "--count", "\(count)",
                "--patience", "300", "--json", file,
            ])
        return try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    }
}
