import Contracts
import Foundation
import GRDB
import Procedure

extension ExtensionRecord: FetchableRecord {
    init(row: Row) throws {
        let (text, within): (String, String) = (row["number"], row["allowance"])
        guard let number = TicketNumber(text), let allowance = Allowance(within) else {
            throw StoredValueError(column: "number or allowance", text: "\(text) \(within)")
        }
        self.init(
            id: row["id"], number: number, clockID: row["clockID"], allowance: allowance, reason: row["reason"],
            askedBy: row["askedBy"], askedAt: row["askedAt"], standing: Standing(rawValue: row["standing"]) ?? .asked,
            decidedBy: row["decidedBy"], decidedAt: row["decidedAt"], comment: row["comment"])
    }
}

/// Requests for more time, and what was decided on them.
enum ExtensionTable {
    static func all(of number: TicketNumber, in db: Database) throws -> [ExtensionRecord] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM extension WHERE number = ? ORDER BY id")
        return try ExtensionRecord.fetchAll(statement, arguments: [number.text])
    }

    /// Requests that wait for a decision, the first asked first, with the titles of their clocks.
    static func waiting(limit: Int, in db: Database) throws -> [WaitingExtension] {
        let sql = """
            SELECT extension.*, clock.titleChinese, clock.titleEnglish FROM extension
            JOIN clock ON clock.id = extension.clockID
            WHERE standing = 'asked' AND clock.stoppedAt IS NULL ORDER BY extension.id LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map { row in
            let title = LocalizedText(zhHans: row["titleChinese"], en: row["titleEnglish"])
            return WaitingExtension(record: try ExtensionRecord(row: row), clock: title)
        }
    }

    /// Writes down a request.
    /// - Returns: it, with its id.
    static func ask(
        _ clock: ClockRecord, for allowance: Allowance, reason: String, by name: String, at now: Date, in db: Database
    ) throws -> ExtensionRecord {
        try db.cachedStatement(
            sql: """
                INSERT INTO extension (number, clockID, allowance, reason, askedBy, askedAt, standing)
                VALUES (?, ?, ?, ?, ?, ?, 'asked')
                """
        ).execute(arguments: [clock.number.text, clock.id, allowance.text, reason, name, now])
        return ExtensionRecord(
            id: db.lastInsertedRowID, number: clock.number, clockID: clock.id, allowance: allowance, reason: reason,
            askedBy: name, askedAt: now, standing: .asked)
    }

    static func decide(_ request: ExtensionRecord, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE extension SET standing = ?, decidedBy = ?, decidedAt = ?, comment = ? WHERE id = ?"
        ).execute(arguments: [
            request.standing.rawValue, request.decidedBy, request.decidedAt, request.comment, request.id,
        ])
    }
}
