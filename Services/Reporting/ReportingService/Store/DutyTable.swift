import Contracts
import Foundation
import GRDB
import Persistence

/// What open complaints ask of whom just now, as a table beside the tickets: everybody's own list costs what they owe, and
/// not what there is.
enum DutyTable {
    static func create(in db: Database) throws {
        let kinds = PersonalDuty.Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        try db.execute(
            sql: """
                CREATE TABLE duty (
                    person TEXT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN (\(kinds))),
                    ticket TEXT NOT NULL REFERENCES ticket (number),
                    department TEXT NOT NULL,
                    since DATETIME NOT NULL,
                    title TEXT,
                    drafter TEXT,
                    audience TEXT,
                    PRIMARY KEY (person, kind, ticket, department)
                ) WITHOUT ROWID;
                CREATE INDEX duty_of_ticket ON duty (ticket);
                """)
        for number in try String.fetchAll(db, sql: "SELECT number FROM ticket WHERE endedAt IS NULL") {
            if let number = TicketNumber(number) { try follow(number, in: db) }
        }
    }

    /// Brings what a complaint asks for up to date with its course.
    static func follow(_ number: TicketNumber, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM duty WHERE ticket = ?").execute(arguments: [number.text])
        let course = try EventRow.course(of: number, only: DutyCourse.types, in: db).compactMap { try $0.recorded() }
        for duty in DutyCourse(course).duties { try insert(duty, of: number, in: db) }
    }

    private static func insert(_ duty: PersonalDuty, of number: TicketNumber, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO duty (person, kind, ticket, department, since, title, drafter, audience)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            duty.person, duty.kind.rawValue, number.text, duty.department.text, duty.since, try json(duty.title),
            duty.drafter, try json(duty.audience),
        ])
    }

    /// What is asked of somebody, the longest waiting first within each kind.
    static func all(of viewer: Viewer, in db: Database) throws -> [OwedDuty] {
        let keys = DutyKey.all(of: viewer)
        let marks = keys.map { _ in "?" }.joined(separator: ", ")
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM duty WHERE person IN (\(marks)) ORDER BY since, ticket",
            arguments: StatementArguments(keys))
        let owed = try rows.compactMap(owed).filter { $0.duty.isSeen(by: viewer) }
        return PersonalDuty.Kind.allCases.flatMap { kind in owed.filter { $0.duty.kind == kind } }
    }

    private static func owed(_ row: Row) throws -> OwedDuty? {
        guard let kind = PersonalDuty.Kind(rawValue: row["kind"]), let number = TicketNumber(row["ticket"]),
            let department = DepartmentID(row["department"])
        else { return nil }
        let (title, audience): (String?, String?) = (row["title"], row["audience"])
        return OwedDuty(
            number: number,
            duty: PersonalDuty(
                kind: kind, person: row["person"], department: department, since: row["since"],
                title: try title.map { try ContractJSON.decode(LocalizedText.self, from: Data($0.utf8)) },
                drafter: row["drafter"],
                audience: try audience.map { try ContractJSON.decode(Audience.self, from: Data($0.utf8)) }))
    }

    private static func json(_ value: (some Encodable)?) throws -> String? {
        try value.map { String(decoding: try ContractJSON.encode($0), as: UTF8.self) }
    }
}

/// Something that is asked of somebody, and the complaint that asks for it.
struct OwedDuty: Hashable, Sendable {
    var number: TicketNumber
    var duty: PersonalDuty
}

/// A duty as it is shown: with what lists say of its complaint, and the clock that ends next.
struct ListedDuty: Sendable {
    var duty: PersonalDuty
    var summary: TicketSummary
    var clock: ClockRun?
}

/// What somebody's list shows.
struct DutyList: Sendable {
    /// How many there are of each kind.
    var counts: [PersonalDuty.Kind: Int]
    var rows: [ListedDuty]
    /// Where the next page goes on; absent on the last.
    var next: Int?
}

extension ReportingStore {
    /// - Parameters:
    ///   - kind: only these; nil: all.
    ///   - start: how many come before the page. What is done leaves the list, so pages are counted from its top.
    func duties(
        of viewer: Viewer, only kind: PersonalDuty.Kind?, from start: Int = 0, limit: Int = 50
    ) async throws -> DutyList {
        try await database.read { db in
            let all = try DutyTable.all(of: viewer, in: db)
            let chosen = all.filter { kind == nil || $0.duty.kind == kind }
            let rows = try chosen.dropFirst(start).prefix(limit).compactMap { owed -> ListedDuty? in
                guard let summary = try TicketRow.fetch(owed.number, in: db)?.summary else { return nil }
                let running = summary.clocks.filter { $0.stoppedAt == nil }.min { $0.dueAt < $1.dueAt }
                return ListedDuty(duty: owed.duty, summary: summary, clock: running)
            }
            return DutyList(
                counts: all.reduce(into: [:]) { $0[$1.duty.kind, default: 0] += 1 }, rows: rows,
                next: chosen.count > start + limit ? start + limit : nil)
        }
    }
}
