import Contracts
import Cryptography
import Foundation
import Hummingbird
import Logging
import Procedure
import TestSupport
import Web

@testable import CallbackService

/// Callback with its pages and API, without a broker.
struct WebBench {
    let bench: Bench
    let site: Site
    let web: CallbackWeb

    init() throws {
        let pack = try Self.pack()
        // The shipped pack does not soothe first; here every standing is to be seen.
        var rules = CallbackRules(pack)
        rules.soothesFirst = true
        let bench = try Bench(rules: rules)
        let staff = try TestStaff(folder: bench.folder.url)
        self.bench = bench
        site = try Site(
            .test(service: "callback", home: "/callback/", staff: staff, bodyLimit: 64 * 1024),
            bundles: [CallbackService.bundle], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            verifier: PasswordVerifier(decoyCost: PasswordHash.Cost(logN: 4, r: 1, p: 1)),
            now: { bench.clock.now() })
        web = CallbackWeb(database: bench.database, pack: pack, rules: bench.rules)
    }

    /// The pack that the product ships.
    static func pack() throws -> PolicyPack {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try PolicyPack.load(file: root.appendingPathComponent("compose/policies/service-standard.yaml").path)
    }

    func serve<Result: Sendable>(
        _ work: @Sendable (HTTPClient) async throws -> Result
    ) async throws -> Result {
        try await withServer(site, routes: { web.add(to: $0) }, work)
    }

    /// Tells the service everything that leads to a standing.
    func goOn(to standing: Standing.Name) async throws {
        try await bench.hear(ExampleMessages.received())
        switch standing {
        case .explaining: try await bench.hear(ExampleMessages.rejected())
        case .disputed, .inProgress, .proposed, .agreed, .callbackDue, .soothing, .reworking, .closed:
            try await goOnWithASolution(to: standing)
        case .withdrawn: try await bench.hear(ComplaintWithdrawn(by: .customer))
        case .merged: try await bench.hear(ComplaintMerged(into: .other, reason: "同一事项", by: .staff("lin")))
        case .received: break
        }
        if standing == .disputed {
            try await bench.answers.answerExplanation(of: .this, .dispute, .customer)
        }
    }

    private func goOnWithASolution(to standing: Standing.Name) async throws {
        if standing == .disputed {
            try await bench.hear(ExampleMessages.rejected())
            return
        }
        try await bench.hear(ExampleMessages.accepted())
        try await bench.hear(ExampleMessages.assigned())
        if standing == .inProgress { return }
        try await bench.hear(ExampleMessages.proposed())
        if standing == .proposed { return }
        try await bench.answers.answerProposal(1, of: .this, .accept, .customer)
        if standing == .agreed { return }
        try await bench.hear(ExampleMessages.implemented())
        if standing == .callbackDue { return }
        let result = standing == .closed ? CallResult.content : .reached(solved: false, satisfaction: 1)
        try await bench.answers.call(about: .this, result, call: 1, .caller)
        if standing == .reworking { try await bench.answers.call(about: .this, result, call: 2, .caller) }
    }

    static let page = "/callback/track/C20261120-01-000001?code=\(ExampleMessages.code)"
    static let api = "/callback/api/complaints/C20261120-01-000001"
    static let key = "?code=\(ExampleMessages.code)"
    static let html = ["Accept": "text/html"]
}
