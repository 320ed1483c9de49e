import Contracts
import Foundation
import GRDB
import Procedure

/// For whose eyes confidential complaints are (M18, W21), as a table beside the complaints, so that the desk's lists leave
/// out what is not for the reader.
enum RestrictedTable {
    /// Reports of misconduct that came before this was kept are for nobody's eyes until more is heard of them.
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE restricted (
                    number TEXT PRIMARY KEY NOT NULL REFERENCES complaint (number),
                    audience TEXT NOT NULL
                ) WITHOUT ROWID;
                """)
        let reports = try Row.fetchAll(
            db,
            sql: """
                SELECT number, json_extract(complaint, '$.protected.concerned') AS concerned FROM heard
                WHERE json_extract(complaint, '$.protected') IS NOT NULL
                """)
        for row in reports {
            let (number, concerned): (String, String) = (row["number"], row["concerned"] ?? "[]")
            let names = try ContractJSON.decode([String].self, from: Data(concerned.utf8))
            try write(Audience(concerned: names), of: number, in: db)
        }
    }

    /// Follows a complaint that may have become confidential, or open again.
    static func follow(_ number: TicketNumber, _ audience: Audience?, in db: Database) throws {
        guard let audience else {
            try db.cachedStatement(sql: "DELETE FROM restricted WHERE number = ?").execute(arguments: [number.text])
            return
        }
        try write(audience, of: number.text, in: db)
    }

    /// For whose eyes a complaint is; absent for everybody's.
    static func find(_ number: TicketNumber, in db: Database) throws -> Audience? {
        let statement = try db.cachedStatement(sql: "SELECT audience FROM restricted WHERE number = ?")
        return try String.fetchOne(statement, arguments: [number.text])
            .map { try ContractJSON.decode(Audience.self, from: Data($0.utf8)) }
    }

    /// Of the complaints that are on a list of the desk, those that are not for somebody's eyes, and on which list.
    static func hidden(from viewer: Viewer, in db: Database) throws -> [(number: String, list: String)] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT number, audience, desk FROM restricted JOIN complaint USING (number) WHERE desk IS NOT NULL")
        return try rows.compactMap { row in
            let text: String = row["audience"]
            let audience = try ContractJSON.decode(Audience.self, from: Data(text.utf8))
            return audience.admits(viewer) ? nil : (row["number"], row["desk"])
        }
    }

    private static func write(_ audience: Audience, of number: String, in db: Database) throws {
        let text = String(decoding: try ContractJSON.encode(audience), as: UTF8.self)
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO restricted (number, audience) VALUES (?, ?)")
            .execute(arguments: [number, text])
    }
}

extension CallbackRules {
    /// For whose eyes a complaint is, by the pack that it is treated under (M18, W21); absent for everybody's.
    ///
    /// - Parameter category: its id in the pack; nil while Routing has not said it.
    func audience(of complaint: Complaint, category: String?, severity: Severity?) -> Audience? {
        pack.audience(
            of: pack.graded(
                complaint, category: category ?? pack.categorise(complaint)?.category.id,
                severity: severity ?? .general))
    }
}

extension CaseKeeper {
    /// Finds once more for whose eyes the complaint is, by what Routing says of it.
    func restrict(category: String, severity: Severity) throws {
        guard let heard = try HeardRecord.fetchOne(unit.db, key: number.text) else { return }
        let audience = policy.rules.audience(of: heard.complaint, category: category, severity: severity)
        try RestrictedTable.follow(number, audience, in: unit.db)
    }
}
