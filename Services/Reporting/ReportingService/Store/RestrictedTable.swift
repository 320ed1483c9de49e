import Contracts
import Foundation
import GRDB
import Procedure

/// Complaints that are not for everybody's eyes, as a table beside the tickets, so that lists leave them out.
enum RestrictedTable {
    /// Follows a complaint that may have become restricted, or is no more.
    static func follow(_ summary: TicketSummary, by pack: PolicyPack, in db: Database) throws {
        guard let complaint = try complaint(summary.number, in: db) else { return }
        switch pack.restriction(of: complaint, summary) {
        case .protected(let concerned): try write(summary.number, concerned: concerned, in: db)
        case .confidential: try write(summary.number, concerned: nil, in: db)
        case nil:
            try db.cachedStatement(sql: "DELETE FROM restricted WHERE ticket = ?")
                .execute(arguments: [summary.number.text])
        }
    }

    static func find(_ number: TicketNumber, in db: Database) throws -> Restriction? {
        let statement = try db.cachedStatement(sql: "SELECT concerned FROM restricted WHERE ticket = ?")
        guard let row = try Row.fetchOne(statement, arguments: [number.text]) else { return nil }
        guard let text: String = row["concerned"] else { return .confidential }
        return .protected(concerned: try JSONDecoder().decode([String].self, from: Data(text.utf8)))
    }

    /// A condition on tickets' numbers, with its arguments.
    static func condition(_ sight: ReportingSight) -> (sql: String, arguments: StatementArguments) {
        let sql = """
            number NOT IN (SELECT ticket FROM restricted WHERE CASE WHEN concerned IS NULL THEN NOT ? ELSE NOT ?
                OR EXISTS (SELECT 1 FROM json_each(concerned) WHERE value = ?) END)
            """
        return (sql, [sight.seesConfidential, sight.seesProtected, sight.name])
    }

    private static func write(_ number: TicketNumber, concerned: [String]?, in db: Database) throws {
        let text = try concerned.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO restricted (ticket, concerned) VALUES (?, ?)")
            .execute(arguments: [number.text, text])
    }

    private static func complaint(_ number: TicketNumber, in db: Database) throws -> Complaint? {
        let statement = try db.cachedStatement(sql: "SELECT payload FROM event WHERE ticket = ? AND type = ? LIMIT 1")
        let payload = try Data.fetchOne(statement, arguments: [number.text, ComplaintReceived.type.name])
        return try payload.map { try ContractJSON.decode(ComplaintReceived.self, from: $0).complaint }
    }
}

extension ReportingStore {
    /// Whether a complaint is for these eyes; true for a number that is not known.
    func isSeen(_ number: TicketNumber, by sight: ReportingSight) async throws -> Bool {
        try await database.read { db in try RestrictedTable.find(number, in: db).map(sight.sees) ?? true }
    }
}

extension TicketSummary {
    /// True when a restriction may apply to one and not to the other: it goes by category, severity and the pack.
    func isJudgedOtherwise(than other: TicketSummary) -> Bool {
        category != other.category || severity != other.severity || policy != other.policy
    }
}
