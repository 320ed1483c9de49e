import Contracts
import Foundation
import GRDB

/// A complaint as it is kept.
package struct ComplaintRow: Sendable {
    package let number: TicketNumber
    package let complaint: Complaint
    package let trackingHash: String
    package let settledOutcome: String?
    package let withdrawnAt: Date?

    init(_ number: TicketNumber, _ complaint: Complaint, trackingHash: String, settledOutcome: String?) {
        self.number = number
        self.complaint = complaint
        self.trackingHash = trackingHash
        self.settledOutcome = settledOutcome
        withdrawnAt = nil
    }

    private init(_ row: Row) throws {
        let text: String = row["number"]
        guard let number = TicketNumber(text) else { throw DatabaseError(message: "'\(text)' is not a number") }
        self.number = number
        complaint = try ContractJSON.decode(Complaint.self, from: Data((row["document"] as String).utf8))
        trackingHash = row["trackingHash"]
        settledOutcome = row["settledOutcome"]
        withdrawnAt = (row["withdrawnAt"] as String?).flatMap(RFC3339.date)
    }

    func insert(in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO complaint (number, channel, registeredAt, phoneKey, emailKey, recordedBy, narrative,
                    document, trackingHash, settledOutcome, upstreamNumber)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let document = String(decoding: try ContractJSON.encode(complaint), as: UTF8.self)
        try statement.execute(arguments: [
            number.text, complaint.channel, RFC3339.text(complaint.registeredAt),
            ContactKey.phone(complaint.complainant.phone), ContactKey.email(complaint.complainant.email),
            complaint.recordedBy, complaint.narrative, document, trackingHash, settledOutcome,
            complaint.upstreamNumber,
        ])
    }

    /// The work order that has been registered under a number from above, and not withdrawn (V01).
    static func upstream(_ upstreamNumber: String, channel: String, in db: Database) throws -> TicketNumber? {
        let statement = try db.cachedStatement(
            sql: "SELECT number FROM complaint WHERE upstreamNumber = ? AND channel = ? AND withdrawnAt IS NULL")
        return try String.fetchOne(statement, arguments: [upstreamNumber, channel]).flatMap { TicketNumber($0) }
    }

    /// Complaints with a number from above, or by somebody's telephone or e-mail address; the newest first.
    static func matching(_ text: String, limit: Int, in db: Database) throws -> [ComplaintRow] {
        // Lookups by index rather than an OR, which would scan.
        let sql = """
            \(columns) WHERE number IN (
                SELECT number FROM complaint WHERE upstreamNumber = :text
                UNION SELECT number FROM complaint WHERE phoneKey = :phone
                UNION SELECT number FROM complaint WHERE emailKey = :email)
            ORDER BY registeredAt DESC, number DESC LIMIT :limit
            """
        let digits = ContactKey.phone(text).flatMap { $0.count >= 5 ? $0 : nil }
        return try Row.fetchAll(
            db, sql: sql,
            arguments: ["text": text, "phone": digits, "email": ContactKey.email(text), "limit": limit]
        ).map(ComplaintRow.init)
    }

    static func fetch(_ number: TicketNumber, in db: Database) throws -> ComplaintRow? {
        let statement = try db.cachedStatement(sql: "\(columns) WHERE number = ?")
        return try Row.fetchOne(statement, arguments: [number.text]).map(ComplaintRow.init)
    }

    static func recent(before: TicketNumber?, limit: Int, in db: Database) throws -> [ComplaintRow] {
        let order = "ORDER BY registeredAt DESC, number DESC LIMIT ?"
        guard let before else {
            return try Row.fetchAll(db, sql: "\(columns) \(order)", arguments: [limit]).map(ComplaintRow.init)
        }
        let sql = """
            \(columns) WHERE (registeredAt, number) < (SELECT registeredAt, number FROM complaint WHERE number = ?)
            \(order)
            """
        return try Row.fetchAll(db, sql: sql, arguments: [before.text, limit]).map(ComplaintRow.init)
    }

    static func others(like number: TicketNumber, since: Date, limit: Int, in db: Database) throws -> [ComplaintRow] {
        // Two lookups by index rather than an OR, which would scan.
        let sql = """
            \(columns) WHERE number IN (
                SELECT other.number FROM complaint this JOIN complaint other ON other.phoneKey = this.phoneKey
                WHERE this.number = :number AND other.registeredAt >= :since
                UNION SELECT other.number FROM complaint this JOIN complaint other ON other.emailKey = this.emailKey
                WHERE this.number = :number AND other.registeredAt >= :since)
            AND number <> :number ORDER BY registeredAt DESC, number DESC LIMIT :limit
            """
        let arguments: StatementArguments = ["number": number.text, "since": RFC3339.text(since), "limit": limit]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map(ComplaintRow.init)
    }

    static func markWithdrawn(_ number: TicketNumber, at now: Date, in db: Database) throws {
        try db.execute(
            sql: "UPDATE complaint SET withdrawnAt = ? WHERE number = ?", arguments: [RFC3339.text(now), number.text])
    }

    private static let columns =
        "SELECT number, document, trackingHash, settledOutcome, withdrawnAt FROM complaint"
}

/// Files of evidence by reference; the bytes are in `EvidenceStore`.
enum EvidenceRow {
    static func insert(_ evidence: [EvidenceReference], of number: TicketNumber, at now: Date, in db: Database) throws {
        for file in evidence {
            try db.execute(
                sql: """
                    INSERT INTO evidence (id, number, name, mediaType, size, sha256, addedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    file.id, number.text, file.name, file.mediaType, file.size, file.sha256, RFC3339.text(now),
                ])
        }
    }

    static func fetch(of number: TicketNumber, in db: Database) throws -> [EvidenceReference] {
        try Row.fetchAll(
            db, sql: "\(columns) WHERE number = ? ORDER BY addedAt, id", arguments: [number.text]
        ).map(reference)
    }

    static func fetch(id: String, in db: Database) throws -> EvidenceReference? {
        try Row.fetchOne(db, sql: "\(columns) WHERE id = ?", arguments: [id]).map(reference)
    }

    static func number(of id: String, in db: Database) throws -> TicketNumber? {
        try String.fetchOne(db, sql: "SELECT number FROM evidence WHERE id = ?", arguments: [id])
            .flatMap { TicketNumber($0) }
    }

    private static let columns = "SELECT id, name, mediaType, size, sha256 FROM evidence"

    private static func reference(_ row: Row) -> EvidenceReference {
        EvidenceReference(
            id: row["id"], name: row["name"], mediaType: row["mediaType"], size: row["size"], sha256: row["sha256"])
    }
}

/// What was said after a complaint was accepted.
package struct RemarkRow: Hashable, Sendable {
    /// `supplement`, `chase` or `withdrawal`.
    package let kind: String
    package let text: String?
    /// The sign-in name of the member of staff; absent when it was the customer.
    package let saidBy: String?
    package let saidAt: Date

    static func insert(
        _ kind: String, _ text: String?, _ number: TicketNumber, _ actor: Actor, at now: Date, in db: Database
    ) throws {
        try db.execute(
            sql: "INSERT INTO remark (number, kind, text, saidBy, saidAt) VALUES (?, ?, ?, ?, ?)",
            arguments: [number.text, kind, text, actor.name, RFC3339.text(now)])
    }

    static func fetch(of number: TicketNumber, in db: Database) throws -> [RemarkRow] {
        try Row.fetchAll(
            db, sql: "SELECT kind, text, saidBy, saidAt FROM remark WHERE number = ? ORDER BY id",
            arguments: [number.text]
        ).map { row in
            RemarkRow(
                kind: row["kind"], text: row["text"], saidBy: row["saidBy"],
                saidAt: RFC3339.date(row["saidAt"]) ?? .distantPast)
        }
    }
}
