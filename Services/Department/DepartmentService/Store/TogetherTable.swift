import Contracts
import GRDB

/// Complaints that are handled together under one of them (群诉; S16).
enum TogetherTable {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE together (number TEXT PRIMARY KEY NOT NULL, lead TEXT NOT NULL) WITHOUT ROWID;
                CREATE INDEX together_lead ON together (lead, number);
                """)
    }

    /// - Returns: false when that was known.
    static func put(_ number: TicketNumber, under lead: TicketNumber, in db: Database) throws -> Bool {
        if try self.lead(of: number, in: db) == lead { return false }
        try db.execute(
            sql:
                "INSERT INTO together (number, lead) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET lead = excluded.lead",
            arguments: [number.text, lead.text])
        return true
    }

    /// The complaint under which this one is handled; its own number when it leads, nil when it is alone.
    static func lead(of number: TicketNumber, in db: Database) throws -> TicketNumber? {
        let statement = try db.cachedStatement(sql: "SELECT lead FROM together WHERE number = ?")
        return try String.fetchOne(statement, arguments: [number.text]).flatMap { TicketNumber($0) }
    }

    /// Those that follow a leading complaint, in the order of their numbers.
    static func members(under lead: TicketNumber, in db: Database) throws -> [TicketNumber] {
        let statement = try db.cachedStatement(
            sql: "SELECT number FROM together WHERE lead = ? AND number <> ? ORDER BY number")
        return try String.fetchAll(statement, arguments: [lead.text, lead.text]).compactMap { TicketNumber($0) }
    }
}
