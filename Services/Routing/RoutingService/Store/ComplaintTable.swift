import Contracts
import Foundation
import GRDB

/// Complaints by number. Every change goes through here, so that the tally by state is always right.
enum ComplaintTable {
    static func find(_ number: TicketNumber, in db: Database) throws -> ComplaintRecord? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM complaint WHERE number = ?")
        return try ComplaintRecord.fetchOne(statement, arguments: [number.text])
    }

    static func insert(_ record: ComplaintRecord, in db: Database) throws {
        try record.insert(db)
        try tally(record.state, by: 1, in: db)
    }

    static func update(_ record: ComplaintRecord, from earlier: StateName, in db: Database) throws {
        try record.update(db)
        guard record.state != earlier else { return }
        try tally(earlier, by: -1, in: db)
        try tally(record.state, by: 1, in: db)
    }

    private static func tally(_ state: StateName, by change: Int, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO tally (state, count) VALUES (?, ?)
                ON CONFLICT (state) DO UPDATE SET count = count + excluded.count
                """)
        try statement.execute(arguments: [state.rawValue, change])
    }

    /// How many complaints somebody brought before this one.
    static func count(contactKey: String, before record: ComplaintRecord, in db: Database) throws -> Int? {
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM complaint WHERE contactKey = ? AND registeredAt < ? AND number <> ?")
        return try Int.fetchOne(
            statement, arguments: [contactKey, record.complaint.registeredAt, record.number.text])
    }

    /// How many complaints stand in each state.
    static func tallies(in db: Database) throws -> [StateName: Int] {
        let rows = try Row.fetchAll(db, sql: "SELECT state, count FROM tally")
        return rows.reduce(into: [:]) { tallies, row in
            if let state = StateName(rawValue: row["state"]) { tallies[state] = row["count"] }
        }
    }
}
