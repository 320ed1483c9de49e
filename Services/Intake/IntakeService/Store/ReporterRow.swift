import Contracts
import Foundation
import GRDB
import Persistence

/// Who reported misconduct: the one place where it is kept (W21).
enum ReporterRow {
    static func insert(_ reporter: Reporter, of number: TicketNumber, in db: Database) throws {
        let document = String(decoding: try ContractJSON.encode(reporter), as: UTF8.self)
        try db.execute(
            sql: "INSERT INTO reporter (number, document) VALUES (?, ?)", arguments: [number.text, document])
    }

    static func fetch(_ number: TicketNumber, in db: Database) throws -> Reporter? {
        let statement = try db.cachedStatement(sql: "SELECT document FROM reporter WHERE number = ?")
        return try String.fetchOne(statement, arguments: [number.text]).map {
            try ContractJSON.decode(Reporter.self, from: Data($0.utf8))
        }
    }
}

/// One opening of a reporter's identity: who, when and why.
package struct ReporterOpening: Hashable, Sendable {
    package let reason: String
    /// A sign-in name.
    package let openedBy: String
    package let openedAt: Date

    static func all(of number: TicketNumber, in db: Database) throws -> [ReporterOpening] {
        try Row.fetchAll(
            db, sql: "SELECT reason, openedBy, openedAt FROM reporterOpening WHERE number = ? ORDER BY id",
            arguments: [number.text]
        ).map { row in
            ReporterOpening(
                reason: row["reason"], openedBy: row["openedBy"],
                openedAt: RFC3339.date(row["openedAt"]) ?? .distantPast)
        }
    }
}

extension IntakeStore {
    /// Opens a protected reporter's identity. That it was opened, by whom and why, is on disk before it is given out.
    ///
    /// - Parameter mayOpen: asked about the complaint; nothing is opened or logged when it says no.
    /// - Returns: nil when there is no such report, or it may not be opened.
    package func openReporter(
        of number: TicketNumber, by name: String, reason: String, if mayOpen: @escaping @Sendable (Complaint) -> Bool
    ) async throws -> Reporter? {
        try await database.write { unit in
            guard let row = try ComplaintRow.fetch(number, in: unit.db), mayOpen(row.complaint),
                let reporter = try ReporterRow.fetch(number, in: unit.db)
            else { return nil }
            try unit.db.execute(
                sql: "INSERT INTO reporterOpening (number, reason, openedBy, openedAt) VALUES (?, ?, ?, ?)",
                arguments: [number.text, reason, name, RFC3339.text(unit.now)])
            return reporter
        }
    }

    /// Who opened the reporter's identity, in order.
    package func openings(of number: TicketNumber) async throws -> [ReporterOpening] {
        try await database.read { db in try ReporterOpening.all(of: number, in: db) }
    }
}
