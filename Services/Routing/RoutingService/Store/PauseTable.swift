import Contracts
import Foundation
import GRDB

/// When complaints waited for the customer (W18).
enum PauseTable {
    /// Begins to wait for the answer to a department's question. A question that is known changes nothing.
    static func begin(
        _ number: TicketNumber, _ department: DepartmentID, request: Int, at instant: Date, in db: Database
    )
        throws
    {
        try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO pause (number, department, request, startedAt) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [number.text, department.text, request, instant])
    }

    /// Ends the waiting. False when the question is not known (yet).
    static func end(_ number: TicketNumber, _ department: DepartmentID, request: Int, at instant: Date, in db: Database)
        throws -> Bool
    {
        let key: StatementArguments = [number.text, department.text, request]
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM pause WHERE number = ? AND department = ? AND request = ?"),
            arguments: key)
        guard isKnown != nil else { return false }
        try db.cachedStatement(
            sql: """
                UPDATE pause SET endedAt = max(?, startedAt)
                WHERE number = ? AND department = ? AND request = ? AND endedAt IS NULL
                """
        ).execute(arguments: [instant] + key)
        return true
    }

    /// Ends the waiting for questions of departments that no longer hold the complaint: nobody waits for the answers.
    /// - Returns: True when something was waited for.
    static func abandon(
        _ number: TicketNumber, except departments: [DepartmentID], at instant: Date, in db: Database
    ) throws -> Bool {
        let marks = Array(repeating: "?", count: departments.count).joined(separator: ", ")
        try db.cachedStatement(
            sql: """
                UPDATE pause SET endedAt = max(?, startedAt)
                WHERE number = ? AND endedAt IS NULL AND department NOT IN (\(marks))
                """
        ).execute(arguments: [instant, number.text] + StatementArguments(departments.map(\.text)))
        return db.changesCount > 0
    }

    /// The spans in which the complaint waited; one that has no end yet ends at `now`.
    static func spans(of number: TicketNumber, until now: Date, in db: Database) throws -> [DateInterval] {
        let statement = try db.cachedStatement(sql: "SELECT startedAt, endedAt FROM pause WHERE number = ?")
        return try Row.fetchAll(statement, arguments: [number.text]).map { row in
            let start: Date = row["startedAt"]
            let end: Date? = row["endedAt"]
            return DateInterval(start: start, end: max(start, end ?? now))
        }
    }

    /// Since when the complaint has been waiting for the customer; nil when it does not.
    static func since(_ number: TicketNumber, in db: Database) throws -> Date? {
        try Date.fetchOne(
            db.cachedStatement(sql: "SELECT min(startedAt) FROM pause WHERE number = ? AND endedAt IS NULL"),
            arguments: [number.text])
    }
}
