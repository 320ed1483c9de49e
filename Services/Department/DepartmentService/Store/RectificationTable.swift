import Contracts
import Foundation
import GRDB

/// A rectification notice (整改通知; W20) that the department was given.
struct RectificationRecord: Sendable, FetchableRecord {
    enum Standing: String, Sendable, CaseIterable {
        /// An answer is owed.
        case open
        /// The supervision group judges the answer.
        case answered
        /// It is content.
        case closed
    }

    var number: TicketNumber
    /// Counts the complaint's notices from 1.
    var notice: Int
    var ordered: RectificationOrdered
    var orderedAt: Date
    var dueAt: Date
    var standing: Standing
    /// 1 at first, and one more each time that an answer was sent back.
    var round: Int
    var answer: String?
    var answeredAt: Date?
    var answeredBy: String?
    /// Why the answer was sent back, or what the group says of it.
    var comment: String?

    init(row: Row) throws {
        let text: String = row["number"]
        guard let number = TicketNumber(text), let standing = Standing(rawValue: row["standing"]) else {
            throw UnreadableRecord(number: text, what: "its rectification notice")
        }
        (self.number, self.standing, notice, round) = (number, standing, row["notice"], row["round"])
        ordered = try ContractJSON.decode(RectificationOrdered.self, from: row["ordered"])
        (orderedAt, dueAt, comment) = (row["orderedAt"], row["dueAt"], row["comment"])
        (answer, answeredAt, answeredBy) = (row["answer"], row["answeredAt"], row["answeredBy"])
    }

    func isSeen(by viewer: Viewer) -> Bool { ordered.audience?.admits(viewer) ?? true }
}

/// The notices of a department. The group's word is final, whatever comes late: a round that is over stays over.
enum RectificationTable {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE rectification (
                    number TEXT NOT NULL,
                    notice INTEGER NOT NULL,
                    ordered BLOB NOT NULL,
                    orderedAt DATETIME NOT NULL,
                    dueAt DATETIME NOT NULL,
                    standing TEXT NOT NULL CHECK (standing IN ('open', 'answered', 'closed')),
                    round INTEGER NOT NULL CHECK (round > 0),
                    answer TEXT,
                    answeredAt DATETIME,
                    answeredBy TEXT,
                    comment TEXT,
                    PRIMARY KEY (number, notice),
                    CHECK (standing = 'open' OR answer IS NOT NULL)
                ) WITHOUT ROWID;
                CREATE INDEX rectification_open ON rectification (dueAt) WHERE standing = 'open';
                """)
    }

    /// - Returns: false when it was known.
    static func insert(
        _ ordered: RectificationOrdered, of number: TicketNumber, at instant: Date, in db: Database
    ) throws -> Bool {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO rectification (number, notice, ordered, orderedAt, dueAt, standing, round)
                VALUES (?, ?, ?, ?, ?, 'open', 1)
                """,
            arguments: [
                number.text, ordered.notice ?? 1, try ContractJSON.encode(ordered), instant, ordered.dueAt,
            ])
        return db.changesCount > 0
    }

    static func find(_ number: TicketNumber, _ notice: Int, in db: Database) throws -> RectificationRecord? {
        try RectificationRecord.fetchOne(
            db, sql: "SELECT * FROM rectification WHERE number = ? AND notice = ?", arguments: [number.text, notice])
    }

    /// Writes everything that can change.
    static func update(_ record: RectificationRecord, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE rectification SET dueAt = ?, standing = ?, round = ?, answer = ?, answeredAt = ?,
                    answeredBy = ?, comment = ? WHERE number = ? AND notice = ?
                """,
            arguments: [
                record.dueAt, record.standing.rawValue, record.round, record.answer, record.answeredAt,
                record.answeredBy, record.comment, record.number.text, record.notice,
            ])
    }

    /// Those that are owed an answer first, what is due first on top; then the latest others.
    static func all(in db: Database) throws -> [RectificationRecord] {
        let open = try RectificationRecord.fetchAll(
            db, sql: "SELECT * FROM rectification WHERE standing = 'open' ORDER BY dueAt, number, notice")
        let others = try RectificationRecord.fetchAll(
            db,
            sql: "SELECT * FROM rectification WHERE standing <> 'open' ORDER BY answeredAt DESC, number LIMIT 100")
        return open + others
    }
}
