import Contracts
import Foundation
import GRDB
import Persistence

/// Several complaints, one handling (群诉; S16). Each is closed by itself; the leading one is not said to be closed while one
/// of the others is open.
enum TogetherTable {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE together (number TEXT PRIMARY KEY NOT NULL, lead TEXT NOT NULL) WITHOUT ROWID;
                CREATE INDEX together_lead ON together (lead, number);
                CREATE TABLE heldClosing (lead TEXT PRIMARY KEY NOT NULL, message BLOB NOT NULL) WITHOUT ROWID;
                """)
    }

    static func put(_ number: TicketNumber, under lead: TicketNumber, in db: Database) throws {
        try db.execute(
            sql:
                "INSERT INTO together (number, lead) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET lead = excluded.lead",
            arguments: [number.text, lead.text])
    }

    static func lead(of number: TicketNumber, in db: Database) throws -> TicketNumber? {
        let statement = try db.cachedStatement(sql: "SELECT lead FROM together WHERE number = ?")
        return try String.fetchOne(statement, arguments: [number.text]).flatMap { TicketNumber($0) }
    }

    /// Whether one of those that follow a lead has not ended, or has not even been heard of.
    static func hasOpenMembers(under lead: TicketNumber, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM together LEFT JOIN complaint ON complaint.number = together.number
                    WHERE together.lead = ? AND together.number <> ?
                    AND coalesce(complaint.standing, '') NOT IN ('closed', 'withdrawn', 'merged'))
                """)
        return try Bool.fetchOne(statement, arguments: [lead.text, lead.text]) ?? false
    }

    static func hold(_ closing: ComplaintClosed, of lead: TicketNumber, in db: Database) throws {
        try db.execute(
            sql: "INSERT OR IGNORE INTO heldClosing (lead, message) VALUES (?, ?)",
            arguments: [lead.text, try ContractJSON.encode(closing)])
    }

    /// The closing that was held, once.
    static func release(_ lead: TicketNumber, in db: Database) throws -> ComplaintClosed? {
        let message = try Data.fetchOne(
            db, sql: "SELECT message FROM heldClosing WHERE lead = ?", arguments: [lead.text])
        guard let message else { return nil }
        try db.execute(sql: "DELETE FROM heldClosing WHERE lead = ?", arguments: [lead.text])
        return try ContractJSON.decode(ComplaintClosed.self, from: message)
    }
}

extension CaseKeeper {
    /// Keeps the word that a leading complaint is closed until every member has ended.
    /// - Returns: whether it is kept.
    func holdClosing(_ decision: CaseDecision) throws -> Bool {
        guard case .closed = decision.state.standing else { return false }
        for case .complaintClosed(let closing) in decision.messages
        where try TogetherTable.hasOpenMembers(under: number, in: unit.db) {
            try TogetherTable.hold(closing, of: number, in: unit.db)
            return true
        }
        return false
    }

    /// Says that the leading complaint is closed when its last member has ended.
    func releaseLead(after decision: CaseDecision, because cause: Envelope?) throws {
        switch decision.state.standing.name {
        case .closed, .withdrawn, .merged: break
        default: return
        }
        guard let lead = try TogetherTable.lead(of: number, in: unit.db), lead != number,
            try !TogetherTable.hasOpenMembers(under: lead, in: unit.db),
            let closing = try TogetherTable.release(lead, in: unit.db)
        else { return }
        var keeper = try CaseKeeper(lead, in: unit, policy: policy)
        try keeper.send(closing, because: cause)
        try keeper.countClosed(closing.outcome)
    }

    /// Says at once that this complaint is closed, if that was kept until its members ended: it leads them no longer, for
    /// it was withdrawn or merged in the meantime, and they have passed on to another.
    mutating func releaseHeld(because cause: Envelope?) throws {
        guard let closing = try TogetherTable.release(number, in: unit.db) else { return }
        try send(closing, because: cause)
        try countClosed(closing.outcome)
    }

    /// The ledger and the customer's page.
    mutating func countClosed(_ outcome: ClosingOutcome) throws {
        try unit.count(.closed, day: number.day, channel: record.channel)
        try note([entry(.closed, facts: ["outcome": outcome.rawValue])])
    }
}

extension CustomerMessage {
    /// True for the word that a complaint is closed.
    var isClosing: Bool {
        if case .complaintClosed = self { true } else { false }
    }
}
