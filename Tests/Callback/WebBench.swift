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

    init(_ change: (inout PolicyPack) -> Void = { _ in }) throws {
        // The shipped pack does not soothe first; here every standing is to be seen.
        let bench = try Bench {
            $0.callback.sootheFirst = true
            change(&$0)
        }
        let staff = try TestStaff(folder: bench.folder.url)
        self.bench = bench
        site = try Site(
            .test(service: "callback", home: "/callback/", staff: staff, bodyLimit: 64 * 1024),
            bundles: [CallbackService.bundle], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            verifier: PasswordVerifier(decoyCost: PasswordHash.Cost(logN: 4, r: 1, p: 1)),
            now: { bench.clock.now() })
        web = CallbackWeb(database: bench.database, rules: bench.rules)
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
        case .disputed, .inProgress, .proposed, .ruling, .agreed, .callbackDue, .soothing, .reworking, .closed:
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
        if standing == .ruling { return try await bench.wait(30 * 86_400) }
        try await bench.proposals.answer(1, of: .this, .accept, .customer)
        if standing == .agreed { return }
        try await bench.hear(ExampleMessages.implemented())
        if standing == .callbackDue { return }
        let result = standing == .closed ? CallResult.content : .reached(solved: false, satisfaction: 1)
        try await bench.callbacks.record(about: .this, result, call: 1, .caller)
        guard standing == .reworking else { return }
        try await bench.callbacks.soothe(.this, person: "wang", note: "致歉并说明", by: .staff("zhao"))
        try await bench.callbacks.record(about: .this, result, call: 2, .caller)
    }

    static let page = "/callback/track/C20261120-01-000001?code=\(ExampleMessages.code)"
    static let api = "/callback/api/complaints/C20261120-01-000001"
    static let key = "?code=\(ExampleMessages.code)"
    static let html = ["Accept": "text/html"]
}
