import Contracts
import Foundation
import GRDB

/// A case (案例) that the department was sent to learn from. Rule K17.
struct LessonRecord: Sendable, FetchableRecord {
    /// Of the complaint that the case was written about.
    var number: TicketNumber
    var sent: CaseDistributed
    var sentAt: Date
    var readAt: Date?
    /// A sign-in name.
    var readBy: String?

    init(row: Row) throws {
        let text: String = row["number"]
        guard let number = TicketNumber(text) else {
            throw UnreadableRecord(number: text, what: "a case of the library")
        }
        self.number = number
        sent = try ContractJSON.decode(CaseDistributed.self, from: row["sent"])
        (sentAt, readAt, readBy) = (row["sentAt"], row["readAt"], row["readBy"])
    }
}

/// The cases that the department was sent.
enum LessonTable {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE lesson (
                    number TEXT NOT NULL,
                    caseFile INTEGER NOT NULL,
                    sent BLOB NOT NULL,
                    sentAt DATETIME NOT NULL,
                    readAt DATETIME,
                    readBy TEXT,
                    PRIMARY KEY (number, caseFile),
                    CHECK ((readAt IS NULL) = (readBy IS NULL))
                ) WITHOUT ROWID;
                CREATE INDEX lesson_unread ON lesson (sentAt) WHERE readAt IS NULL;
                """)
    }

    /// - Returns: false when it was known.
    static func insert(
        _ sent: CaseDistributed, of number: TicketNumber, at instant: Date, in db: Database
    ) throws -> Bool {
        try db.execute(
            sql: "INSERT OR IGNORE INTO lesson (number, caseFile, sent, sentAt) VALUES (?, ?, ?, ?)",
            arguments: [number.text, sent.caseFile, try ContractJSON.encode(sent), instant])
        return db.changesCount > 0
    }

    static func find(_ number: TicketNumber, _ caseFile: Int, in db: Database) throws -> LessonRecord? {
        try LessonRecord.fetchOne(
            db, sql: "SELECT * FROM lesson WHERE number = ? AND caseFile = ?", arguments: [number.text, caseFile])
    }

    static func markRead(_ record: LessonRecord, by name: String, at instant: Date, in db: Database) throws {
        try db.execute(
            sql: "UPDATE lesson SET readAt = ?, readBy = ? WHERE number = ? AND caseFile = ?",
            arguments: [instant, name, record.number.text, record.sent.caseFile])
    }

    /// How many nobody has read; nil when the department was never sent one.
    static func unreadCount(in db: Database) throws -> Int? {
        try Int.fetchOne(db, sql: "SELECT sum(readAt IS NULL) FROM lesson")
    }

    /// Those that nobody has read first; of each kind the latest on top.
    static func all(in db: Database) throws -> [LessonRecord] {
        try LessonRecord.fetchAll(
            db, sql: "SELECT * FROM lesson ORDER BY readAt IS NOT NULL, sentAt DESC, number, caseFile LIMIT 200")
    }
}
