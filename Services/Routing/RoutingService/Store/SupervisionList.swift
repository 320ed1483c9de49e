import Contracts
import Foundation
import GRDB

/// What of the pressing clocks the supervision board (督办) shows.
struct SupervisionFilter: Sendable, Hashable {
    /// Who has the complaint in hand: `desk`, `callback`, or a department's id; nil for all.
    var holder: String?
    /// The first responsible person.
    var owner: String?
    /// Overdue or about to be; nil for both.
    var alert: ClockAlert?
}

/// A clock that has run out or is about to, with the complaint it belongs to.
struct PressingClock: Sendable {
    var clock: ClockRecord
    var state: StateName
    var severity: Severity?
    var holder: String
    var department: DepartmentID?
    var owner: String?
    /// What the complaint is about, in a few words.
    var subject: String?
    /// How often the complaint was urged, and when last.
    var urgings: Int
    var urgedAt: Date?
}

/// How many clocks press on somebody.
struct PressingCount: Sendable, Hashable {
    var holder: String
    var owner: String?
    var overdue: Int
    var approaching: Int
}

/// One page of the board; the clocks that were due first come first.
struct SupervisionPage: Sendable {
    var clocks: [PressingClock]
    var counts: [PressingCount]
    /// Requests for more time that wait for a decision.
    var requests: [WaitingExtension]
    /// Nil on the last page.
    var next: PressingCursor?
}

/// A request for more time that waits for a decision, with the title of its clock.
struct WaitingExtension: Sendable, Hashable {
    var record: ExtensionRecord
    var clock: LocalizedText
}

/// Where a page of the board ends and the next begins.
struct PressingCursor: Sendable, Hashable {
    var dueAt: Date
    var id: Int64

    /// Text for addresses.
    var text: String { "\(Int((dueAt.timeIntervalSince1970 * 1000).rounded()))-\(id)" }

    init(dueAt: Date, id: Int64) {
        self.dueAt = dueAt
        self.id = id
    }

    /// Fails for a text that no page gave out.
    init?(_ text: String) {
        let parts = text.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 2 else { return nil }
        self.init(dueAt: Date(timeIntervalSince1970: Double(parts[0]) / 1000), id: parts[1])
    }
}

extension RoutingStore {
    /// What is overdue or about to be. It reads along an index of clocks that have warned, however many others run.
    ///
    /// - Parameter sees: which complaints whoever looks may know of; the others are not counted either.
    func supervision(
        _ filter: SupervisionFilter, after cursor: PressingCursor? = nil, limit: Int = 50,
        sees: @escaping @Sendable (ComplaintRecord) -> Bool = { _ in true }
    ) async throws -> SupervisionPage {
        try await database.read { db in
            let clocks = try SupervisionList.clocks(filter, after: cursor, limit: limit + 1, in: db)
            let shown = Array(clocks.prefix(limit))
            let last = clocks.count > limit ? shown.last?.clock : nil
            return SupervisionPage(
                clocks: shown, counts: try SupervisionList.counts(sees: sees, in: db),
                requests: try ExtensionTable.waiting(limit: 50, in: db),
                next: last.map { PressingCursor(dueAt: $0.deadline.dueAt, id: $0.id) })
        }
    }
}

/// The board's queries.
enum SupervisionList {
    private static let pressing = "clock.alert > 0 AND clock.stoppedAt IS NULL"

    static func clocks(
        _ filter: SupervisionFilter, after cursor: PressingCursor?, limit: Int, in db: Database
    ) throws -> [PressingClock] {
        let query = query(filter, after: cursor, limit: limit)
        return try Row.fetchAll(db, sql: query.sql, arguments: query.arguments).map { row in
            let record: Data = row["record"]
            let complaint = try ContractJSON.decode(Complaint.self, from: record)
            let number: String = row["number"]
            return PressingClock(
                clock: try ClockRecord(row: row), state: StateName(rawValue: row["state"]) ?? .investigating,
                severity: (row["severity"] as String?).flatMap(Severity.init), holder: row["holder"],
                department: (row["lead"] as String?).flatMap(DepartmentID.init), owner: row["owner"],
                subject: complaint.reason ?? complaint.about.product, urgings: try urgings(of: number, in: db),
                urgedAt: try urgedAt(number, in: db))
        }
    }

    static func query(
        _ filter: SupervisionFilter, after cursor: PressingCursor?, limit: Int
    ) -> (sql: String, arguments: StatementArguments) {
        var conditions = [pressing]
        var arguments = StatementArguments()
        if let alert = filter.alert {
            conditions.append("clock.alert = ?")
            arguments += [alert.rawValue]
        }
        if let holder = filter.holder {
            conditions.append("complaint.holder = ?")
            arguments += [holder]
        }
        if let owner = filter.owner {
            conditions.append("complaint.owner = ?")
            arguments += [owner]
        }
        if let cursor {
            conditions.append("(clock.dueAt, clock.id) > (?, ?)")
            arguments += [cursor.dueAt, cursor.id]
        }
        let sql = """
            SELECT clock.*, complaint.state, complaint.severity, complaint.holder, complaint.lead, complaint.owner,
                complaint.record
            FROM clock JOIN complaint ON complaint.number = clock.number
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY clock.dueAt, clock.id LIMIT \(limit)
            """
        return (sql, arguments)
    }

    /// By department and person, whoever has most overdue first. What is confidential, or may be because it was kept before
    /// that was noted, is looked at one by one.
    static func counts(sees: (ComplaintRecord) -> Bool, in db: Database) throws -> [PressingCount] {
        let doubtful = try ComplaintRecord.fetchAll(
            db,
            sql: """
                SELECT * FROM complaint WHERE isRestricted IS NOT 0
                    AND number IN (SELECT clock.number FROM clock WHERE \(pressing))
                """)
        let seen = try ContractJSON.encode(doubtful.filter(sees).map(\.number.text))
        let sql = """
            SELECT complaint.holder AS holder, CASE WHEN complaint.holder = complaint.lead THEN complaint.owner END AS who,
                sum(clock.alert = \(ClockAlert.missed.rawValue)) AS overdue,
                sum(clock.alert = \(ClockAlert.approaching.rawValue)) AS approaching
            FROM clock JOIN complaint ON complaint.number = clock.number
            WHERE \(pressing)
                AND (complaint.isRestricted IS 0 OR complaint.number IN (SELECT value FROM json_each(?)))
            GROUP BY 1, 2 ORDER BY overdue DESC, approaching DESC, holder, who
            """
        return try Row.fetchAll(db, sql: sql, arguments: [String(decoding: seen, as: UTF8.self)]).map { row in
            PressingCount(
                holder: row["holder"], owner: row["who"], overdue: row["overdue"], approaching: row["approaching"])
        }
    }

    private static func urgings(of number: String, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM history WHERE number = ? AND event = 'case.urged'")
        return try Int.fetchOne(statement, arguments: [number]) ?? 0
    }

    private static func urgedAt(_ number: String, in db: Database) throws -> Date? {
        let statement = try db.cachedStatement(
            sql: "SELECT max(at) FROM history WHERE number = ? AND event = 'case.urged'")
        return try Date.fetchOne(statement, arguments: [number])
    }
}
