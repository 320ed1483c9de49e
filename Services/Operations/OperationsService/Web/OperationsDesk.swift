import Contracts
import Foundation
import Messaging
import Web

/// What pages and API work with.
struct OperationsDesk: Sendable {
    let store: OperationsStore
    let clock: any TimeSource
    let clockSpeed: Double
    let publisher: any MessagePublisher
    /// The names that the policy pack in force has for its channels.
    let channels: @Sendable () -> [String: LocalizedText]

    /// How long figures must have stood still to count as settled, in real seconds: announcements are a second apart.
    private static let settling: TimeInterval = 5

    init(
        store: OperationsStore, clock: any TimeSource, clockSpeed: Double = 1, publisher: any MessagePublisher,
        channels: @escaping @Sendable () -> [String: LocalizedText] = { [:] }
    ) {
        self.store = store
        self.clock = clock
        self.clockSpeed = clockSpeed
        self.publisher = publisher
        self.channels = channels
    }

    /// A channel by the name that people know, or by its word when the pack has no such channel.
    func channelTitle(_ channel: String, _ language: Language) -> String {
        channels()[channel]?.text(for: language.tag) ?? channel
    }

    var broker: ConnectionStatus { publisher.status }

    /// The reconciliation, and whether its figures are settled: the broker is there to tell of changes, and nothing has
    /// changed for some seconds. A difference in settled figures is an alarm; before that, messages are on their way.
    func reconciliation() async throws -> ReconciliationView {
        let reading = try await store.reconciliation()
        let quiet = reading.lastChange.map { clock.now().timeIntervalSince($0) >= Self.settling * clockSpeed } ?? true
        return ReconciliationView(
            rows: reading.equation.rows, totals: reading.equation.totals, isBalanced: reading.equation.isBalanced,
            settled: quiet && broker.isReady, asOf: reading.asOf)
    }
}

/// The answer of `GET /operations/api/reconciliation`.
struct ReconciliationView: Encodable, Sendable {
    var rows: [ReconciliationRow]
    var totals: ReconciliationRow
    var isBalanced: Bool
    var settled: Bool
    var asOf: [String: Date]

    private enum CodingKeys: String, CodingKey {
        case rows, totals, difference, balanced, settled, asOf
    }

    private enum TotalKeys: String, CodingKey {
        case received, closed, open, merged, withdrawn, parked, unmatched, difference
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(rows, forKey: .rows)
        var sums = values.nestedContainer(keyedBy: TotalKeys.self, forKey: .totals)
        try sums.encode(totals.received, forKey: .received)
        try sums.encode(totals.closed, forKey: .closed)
        try sums.encode(totals.open, forKey: .open)
        try sums.encode(totals.merged, forKey: .merged)
        try sums.encode(totals.withdrawn, forKey: .withdrawn)
        try sums.encode(totals.parked, forKey: .parked)
        try sums.encode(totals.unmatched, forKey: .unmatched)
        try sums.encode(totals.difference, forKey: .difference)
        try values.encode(totals.difference, forKey: .difference)
        try values.encode(isBalanced, forKey: .balanced)
        try values.encode(settled, forKey: .settled)
        try values.encode(asOf, forKey: .asOf)
    }
}
