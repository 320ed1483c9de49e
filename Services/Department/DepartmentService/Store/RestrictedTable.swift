import Contracts
import Foundation
import GRDB

/// For whose eyes confidential cases are (M18, W21), as a table beside the work orders, so that lists leave out what is not
/// for the reader. A department reads no policy pack: who may see a case comes with it.
enum RestrictedTable {
    static func create(in db: Database) throws {
        try db.execute(
            sql: "CREATE TABLE restricted (number TEXT PRIMARY KEY NOT NULL, audience TEXT NOT NULL) WITHOUT ROWID")
    }

    /// Reports of misconduct that came before anybody said for whose eyes they are (W21).
    static func restrictOlder(in db: Database) throws {
        let reports = try Row.fetchAll(
            db,
            sql: """
                SELECT number, assignment FROM workOrder
                WHERE json_extract(assignment, '$.complaint.protected') IS NOT NULL
                """)
        for row in reports {
            let (number, text): (String, String) = (row["number"], row["assignment"])
            guard let number = TicketNumber(number) else { continue }
            let assignment = try ContractJSON.decode(CaseAssigned.self, from: Data(text.utf8))
            try follow(number, assignment, in: db)
        }
    }

    /// Follows an assignment, which may have made a case confidential, or open again.
    static func follow(_ number: TicketNumber, _ assignment: CaseAssigned, in db: Database) throws {
        guard let audience = Self.audience(assignment) else {
            try db.cachedStatement(sql: "DELETE FROM restricted WHERE number = ?").execute(arguments: [number.text])
            return
        }
        let text = String(decoding: try ContractJSON.encode(audience), as: UTF8.self)
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO restricted (number, audience) VALUES (?, ?)")
            .execute(arguments: [number.text, text])
    }

    /// For whose eyes an assignment is.
    static func audience(_ assignment: CaseAssigned) -> Audience? {
        assignment.audience ?? .unsaid(assignment.complaint, in: assignment.department)
    }

    /// The cases that are not for somebody's eyes. Who is named in a case, for instance because it needs their approval,
    /// sees it, unless it is about them.
    static func hidden(from viewer: Viewer, in db: Database) throws -> [String] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT number, audience, EXISTS (SELECT 1 FROM caseNamed
                    WHERE workOrderNumber = number AND person = ?) AS isNamed FROM restricted
                """, arguments: [viewer.name])
        return try rows.compactMap { row in
            let text: String = row["audience"]
            let audience = try ContractJSON.decode(Audience.self, from: Data(text.utf8))
            let isNamed: Bool = row["isNamed"]
            return audience.with(people: [isNamed ? viewer.name : nil]).admits(viewer) ? nil : row["number"]
        }
    }
}

extension DepartmentStore {
    /// Whether a case is for somebody's eyes; true for one that is not known here.
    func isSeen(_ number: TicketNumber, by viewer: Viewer) async throws -> Bool {
        try await database.read { db in try !RestrictedTable.hidden(from: viewer, in: db).contains(number.text) }
    }
}
