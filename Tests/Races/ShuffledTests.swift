import Contracts
import Foundation
import Testing

/// Whole complaints among which everything happens at any time: people act while messages lie in outboxes and on queues,
/// and each service hears its own queue at its own pace. When everything has been heard, all services agree.
///
/// A few seeds run always. `REDRESS_SHUFFLED_SEEDS=17-400` in the environment runs those instead; what a seed finds, it
/// finds again.
@Suite("Everything at once", .timeLimit(.minutes(60)))
struct ShuffledTests {
    static let seeds: ClosedRange<Int> = {
        let words = ProcessInfo.processInfo.environment["REDRESS_SHUFFLED_SEEDS"] ?? ""
        let bounds = words.split(separator: "-").compactMap { Int($0) }
        guard let first = bounds.first, let last = bounds.last, first <= last else { return 1...16 }
        return first...last
    }()

    @Test(arguments: seeds)
    func allServicesAgreeInTheEnd(_ seed: Int) async throws {
        let company = try Company()
        var crowd = Crowd(company, seed: seed)
        for _ in 0..<3 { try await crowd.complain() }
        for _ in 0..<600 { try await step(&crowd, company) }
        // Also on the way everybody agrees as soon as everything was heard.
        try await company.settle()
        for number in crowd.numbers { try await company.agreement(on: number) }
        for number in crowd.numbers { try await company.finish(number) }
        for number in crowd.numbers {
            let stand = try await company.agreement(on: number)
            #expect(stand.isEnd, "\(number) stands at \(stand)")
        }
        let dead = company.stations.flatMap(\.deadLetters)
        #expect(dead.isEmpty, "seed \(seed)\n\(crowd.log.joined(separator: "\n"))")
    }

    /// One thing happens: somebody acts, a service says what it has to say, a service hears one message, or time passes.
    private func step(_ crowd: inout Crowd, _ company: Company) async throws {
        let station = company.stations.randomElement(using: &crowd.chance)
        switch Int.random(in: 0..<100, using: &crowd.chance) {
        case 0..<20: try await crowd.act()
        case 20..<45: try await station?.speak()
        case 45..<95: _ = try await station?.hear()
        case 95..<98: company.pass(Double.random(in: 0..<2, using: &crowd.chance))
        default:
            // Hours pass on a quiet network: what waits on the wire for longer than all retries is parked by design.
            try await company.settle()
            company.pass(Double.random(in: 60..<6 * 3600, using: &crowd.chance))
            try await company.look()
        }
    }
}
