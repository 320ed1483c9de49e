import Contracts
import Foundation
import GRDB
import Persistence

/// Reading the store: one customer's file, and the lists of the callers' desk.
package struct CustomerFiles: Sendable {
    private let database: ServiceDatabase

    package init(_ database: ServiceDatabase) { self.database = database }

    func read<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await database.read(work)
    }

    /// Absent when nobody here has heard of the complaint.
    package func file(_ number: TicketNumber) async throws -> CustomerFile? {
        try await database.read { try CustomerFile.fetch(number, in: $0) }
    }

    /// What a customer's code is checked against; absent when nobody here has heard of the complaint.
    package func trackingCodeHash(_ number: TicketNumber) async throws -> String? {
        try await database.read { db in
            try String.fetchOne(
                db, sql: "SELECT trackingCodeHash FROM complaint WHERE number = ?", arguments: [number.text])
        }
    }

    // MARK: The desk

    /// A page of a list of the desk, what is due first at its top.
    /// - Parameter viewer: what is not for their eyes is left out (W21); nil: nobody in particular.
    package func list(
        _ list: DeskList, after mark: DeskMark? = nil, limit: Int = 50, seenBy viewer: Viewer? = nil
    ) async throws -> DeskPage {
        let rows = try await database.read { db in
            let hidden = try viewer.map { try RestrictedTable.hidden(from: $0, in: db).map(\.number) } ?? []
            let list = list.rawValue
            return try DeskRow.fetchAll(
                db,
                sql: """
                    SELECT complaint.*, heard.complaint AS heard, EXISTS (
                        SELECT 1 FROM presentation
                        WHERE presentation.number = complaint.number AND version = complaint.standingCount) AS isTold
                    FROM complaint JOIN heard USING (number)
                    WHERE desk = ? AND (position, number) > (?, ?)
                        AND number NOT IN (SELECT value FROM json_each(?))
                    ORDER BY position, number LIMIT ?
                    """,
                arguments: [
                    list, mark?.position ?? "", mark?.number ?? "",
                    String(decoding: try ContractJSON.encode(hidden), as: UTF8.self), limit + 1,
                ])
        }
        let shown = Array(rows.prefix(limit))
        let next =
            rows.count > limit ? shown.last.map { DeskMark(position: $0.position, number: $0.record.number) } : nil
        return DeskPage(rows: shown, next: next)
    }

    /// How many complaints each list has, as far as they are for the viewer's eyes.
    package func counts(seenBy viewer: Viewer? = nil) async throws -> [DeskList: Int] {
        let counts = try await database.read { db in
            var counts = try Row.fetchAll(
                db, sql: "SELECT desk, COUNT(*) AS count FROM complaint WHERE desk IS NOT NULL GROUP BY desk"
            ).reduce(into: [String: Int]()) { $0[$1["desk"]] = $1["count"] }
            let hidden = try viewer.map { try RestrictedTable.hidden(from: $0, in: db) } ?? []
            for entry in hidden { counts[entry.list, default: 1] -= 1 }
            return counts
        }
        return DeskList.allCases.reduce(into: [:]) { $0[$1] = counts[$1.rawValue] ?? 0 }
    }

    // MARK: Opening personal data

    /// Notes that somebody looked at how to reach the customer (M18).
    package func openContact(of number: TicketNumber, by name: String) async throws {
        try await database.write { unit in
            try unit.db.execute(
                sql: "INSERT INTO contactOpening (number, name, at) VALUES (?, ?, ?)",
                arguments: [number.text, name, unit.now])
        }
    }

    /// Whether somebody opened it since an instant.
    package func hasOpenedContact(of number: TicketNumber, by name: String, since: Date) async throws -> Bool {
        try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM contactOpening WHERE number = ? AND name = ? AND at >= ?)",
                arguments: [number.text, name, since]) ?? false
        }
    }
}

/// A list of the callers' desk.
package enum DeskList: String, Sendable, CaseIterable {
    /// To be called back (回访), or being soothed.
    case callbacks
    /// Proposals without an answer.
    case proposals
    /// Explanations without an answer.
    case explanations
    /// Solutions on which a person has to rule (裁定).
    case rulings
}

/// Where a page of a list ends.
package struct DeskMark: Hashable, Sendable {
    package var position: String
    package var number: String

    package init(position: String, number: String) {
        self.position = position
        self.number = number
    }
}

/// A page of a list of the desk.
package struct DeskPage: Sendable {
    package var rows: [DeskRow]
    /// Where the next page begins; absent on the last.
    package var next: DeskMark?
}

/// A complaint in a list of the desk.
package struct DeskRow: Sendable, FetchableRecord {
    package var record: ComplaintRecord
    package var complaint: Complaint
    /// Whether the customer was told of the proposal that waits (S08).
    package var isTold: Bool
    var position: String

    package init(row: Row) throws {
        record = try ComplaintRecord(row: row)
        complaint = try HeardRecord(row: ["number": record.number, "complaint": row["heard"] as String]).complaint
        isTold = row["isTold"]
        position = row["position"]
    }
}
