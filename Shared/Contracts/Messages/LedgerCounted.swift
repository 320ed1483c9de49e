import Foundation

/// `redress.ledger.counted.v1`, from Any service. A service's own count of complaints, for the reconciliation that Operations shows. About no single complaint.
public struct LedgerCounted: Event {
    public static let type = MessageType("ledger", "counted")

    /// Which count: `received`, `registered`, `open`, `closed`, `withdrawn` or `merged`.
    public var ledger: String
    /// Who counts, so that several instances of a service add up.
    public var instance: String
    /// Every day and channel of this ledger that changed since the last count, with its total now.
    public var entries: [LedgerEntry]

    public init(
        ledger: String, instance: String, entries: [LedgerEntry]
    ) {
        self.ledger = ledger
        self.instance = instance
        self.entries = entries
    }
}

/// How many complaints of one day and channel a ledger holds.
public struct LedgerEntry: Hashable, Sendable, Codable {
    /// The day of registration, as in the ticket number: `yyyyMMdd`.
    public var day: String
    public var channel: String
    public var count: Int

    public init(day: String, channel: String, count: Int) {
        self.day = day
        self.channel = channel
        self.count = count
    }
}
