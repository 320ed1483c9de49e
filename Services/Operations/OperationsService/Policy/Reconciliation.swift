import Foundation

/// One line of the equation that proves that no complaint is lost, for a day of registration and a channel:
///
/// received = closed + open + merged + withdrawn + parked
///
/// The figures come from stores that do not share code paths: received from Intake, open, merged and withdrawn from
/// Routing, closed from Callback, parked from the dead letters here.
struct ReconciliationRow: Hashable, Sendable, Encodable {
    /// `yyyyMMdd`, as in the ticket number.
    var day: String
    var channel: String
    var received = 0
    var closed = 0
    var open = 0
    var merged = 0
    var withdrawn = 0
    /// Complaints that Routing has not heard of because their `complaint.received` is a dead letter, discarded or not.
    var parked = 0
    /// Such letters beyond the complaints that Routing lacks: forged, or of a complaint that reached it all the same.
    var unmatched = 0
    /// What Routing has heard of, open or not: no part of the equation, but the measure of what can be parked.
    var registered = 0

    /// What is not accounted for; below 0 when something is counted twice.
    var difference: Int { received - closed - open - merged - withdrawn - parked }

    init(day: String, channel: String) {
        self.day = day
        self.channel = channel
    }

    enum CodingKeys: String, CodingKey {
        case day, channel, received, closed, open, merged, withdrawn, parked, unmatched, difference
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(day, forKey: .day)
        try values.encode(channel, forKey: .channel)
        try values.encode(received, forKey: .received)
        try values.encode(closed, forKey: .closed)
        try values.encode(open, forKey: .open)
        try values.encode(merged, forKey: .merged)
        try values.encode(withdrawn, forKey: .withdrawn)
        try values.encode(parked, forKey: .parked)
        try values.encode(unmatched, forKey: .unmatched)
        try values.encode(difference, forKey: .difference)
    }

    mutating func add(_ other: ReconciliationRow) {
        received += other.received
        closed += other.closed
        open += other.open
        merged += other.merged
        withdrawn += other.withdrawn
        parked += other.parked
        unmatched += other.unmatched
        registered += other.registered
    }

    /// No more can be parked than Routing lacks of what Intake received.
    mutating func matchParked() {
        unmatched = max(0, parked - max(0, received - registered))
        parked -= unmatched
    }
}

/// A figure as a store gave it: so many complaints of a day and channel are in this ledger.
struct LedgerFigure: Hashable, Sendable {
    /// `received`, `closed`, `open`, `merged`, `withdrawn`, `registered` or, from the dead letters, `parked`.
    var ledger: String
    var day: String
    var channel: String
    var count: Int
}

/// The equation for every day and channel.
struct Reconciliation: Hashable, Sendable {
    /// Newest day first, then by channel.
    var rows: [ReconciliationRow]
    var totals: ReconciliationRow

    init(_ figures: [LedgerFigure]) {
        struct Key: Hashable { let day, channel: String }
        var byKey: [Key: ReconciliationRow] = [:]
        for figure in figures {
            let key = Key(day: figure.day, channel: figure.channel)
            byKey[key, default: ReconciliationRow(day: figure.day, channel: figure.channel)].count(figure)
        }
        for key in byKey.keys { byKey[key]?.matchParked() }
        rows = byKey.values.sorted { ($1.day, $0.channel) < ($0.day, $1.channel) }
        totals = rows.reduce(into: ReconciliationRow(day: "", channel: "")) { $0.add($1) }
    }

    /// Days and channels that do not add up; totals can hide two that cancel out.
    var open: [ReconciliationRow] { rows.filter { $0.difference != 0 } }

    var isBalanced: Bool { open.isEmpty }
}

extension ReconciliationRow {
    fileprivate mutating func count(_ figure: LedgerFigure) {
        switch figure.ledger {
        case "received": received += figure.count
        case "closed": closed += figure.count
        case "open": open += figure.count
        case "merged": merged += figure.count
        case "withdrawn": withdrawn += figure.count
        case "parked": parked += figure.count
        case "registered": registered += figure.count
        default: break
        }
    }
}
