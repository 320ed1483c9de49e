import Contracts
import Foundation
import GRDB

/// An emergency that this team was called to.
struct EmergencyRecord: Sendable, FetchableRecord {
    var number: String
    var calledAt: Date
    var call: EmergencyCalled
    var report: String?
    var attendedAt: Date?
    var attendedBy: String?

    init(row: Row) throws {
        (number, calledAt) = (row["number"], row["calledAt"])
        call = try ContractJSON.decode(EmergencyCalled.self, from: row["call"])
        (report, attendedAt, attendedBy) = (row["report"], row["attendedAt"], row["attendedBy"])
    }

    /// Never by whom the complaint is about (W21).
    func isSeen(by viewer: Viewer) -> Bool {
        (call.audience ?? .unsaid(call.complaint, in: call.department))?.admits(viewer) ?? true
    }
}

/// The emergencies of a team.
enum EmergencyTable {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE emergency (
                    number TEXT PRIMARY KEY NOT NULL,
                    calledAt DATETIME NOT NULL,
                    call BLOB NOT NULL,
                    report TEXT,
                    attendedAt DATETIME,
                    attendedBy TEXT,
                    CHECK ((report IS NULL) = (attendedAt IS NULL))
                ) WITHOUT ROWID;
                CREATE INDEX emergency_open ON emergency (calledAt) WHERE attendedAt IS NULL;
                """)
    }

    /// - Returns: false when the team had been called to it before.
    static func insert(
        _ call: EmergencyCalled, of number: TicketNumber, at instant: Date, in db: Database
    ) throws -> Bool {
        try db.execute(
            sql: "INSERT OR IGNORE INTO emergency (number, calledAt, call) VALUES (?, ?, ?)",
            arguments: [number.text, instant, try ContractJSON.encode(call)])
        return db.changesCount > 0
    }

    static func find(_ number: TicketNumber, in db: Database) throws -> EmergencyRecord? {
        try EmergencyRecord.fetchOne(db, sql: "SELECT * FROM emergency WHERE number = ?", arguments: [number.text])
    }

    static func attend(
        _ number: TicketNumber, report: String, at instant: Date, by name: String, in db: Database
    ) throws {
        try db.execute(
            sql: "UPDATE emergency SET report = ?, attendedAt = ?, attendedBy = ? WHERE number = ?",
            arguments: [report, instant, name, number.text])
    }

    /// Those that wait first, the oldest of them on top; then the latest that were attended to.
    static func all(in db: Database) throws -> [EmergencyRecord] {
        let open = try EmergencyRecord.fetchAll(
            db, sql: "SELECT * FROM emergency WHERE attendedAt IS NULL ORDER BY calledAt")
        let done = try EmergencyRecord.fetchAll(
            db, sql: "SELECT * FROM emergency WHERE attendedAt IS NOT NULL ORDER BY attendedAt DESC LIMIT 50")
        return open + done
    }
}
