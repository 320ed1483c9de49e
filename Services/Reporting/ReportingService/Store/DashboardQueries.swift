import Contracts
import Foundation
import GRDB

/// How many open complaints are in a state, by age since they were heard.
struct AgeFigure: Hashable, Sendable {
    var state: TicketState
    /// One count for each of `AgeBand.all`.
    var counts: [Int]
}

/// An age of open complaints, in whole days since they were heard.
struct AgeBand: Hashable, Sendable {
    var fromDays: Int
    /// Absent for the last, which has no end.
    var untilDays: Int?

    static let all = [
        AgeBand(fromDays: 0, untilDays: 1), AgeBand(fromDays: 1, untilDays: 3), AgeBand(fromDays: 3, untilDays: 7),
        AgeBand(fromDays: 7, untilDays: 30), AgeBand(fromDays: 30, untilDays: nil),
    ]

    func interval(at now: Date) -> (from: Date, before: Date) {
        let from = untilDays.map { now.addingTimeInterval(Double(-$0) * 86_400) } ?? .init(timeIntervalSince1970: 0)
        return (from, fromDays == 0 ? .distantFuture : now.addingTimeInterval(Double(-fromDays) * 86_400))
    }
}

/// What came and went on one day.
struct DayFigure: Hashable, Sendable {
    var day: ReportPeriod
    var received: Int
    var closed: Int
}

extension ReportingStore {
    func openByAge(at now: Date) async throws -> [AgeFigure] {
        try await database.read { db in
            try TicketState.open.map { state in
                let counts = try AgeBand.all.map { band in
                    let (from, before) = band.interval(at: now)
                    return try Int.fetchOne(
                        db,
                        sql: """
                            SELECT count(*) FROM ticket
                            WHERE endedAt IS NULL AND state = ? AND heardAt > ? AND heardAt <= ?
                            """, arguments: [state.rawValue, from, before]) ?? 0
                }
                return AgeFigure(state: state, counts: counts)
            }
        }
    }

    func days(_ period: ReportPeriod) async throws -> [DayFigure] {
        try await database.read { db in
            try period.days.map { day in
                DayFigure(
                    day: day, received: try Self.count("registeredAt", day, in: db),
                    closed: try Self.count("closedAt", day, in: db))
            }
        }
    }

    /// How many open complaints have a clock that has run out.
    func overdue(at now: Date) async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(DISTINCT ticket) FROM ticketClock WHERE stoppedAt IS NULL AND dueAt < ?",
                arguments: [now]) ?? 0
        }
    }

    private static func count(_ column: String, _ day: ReportPeriod, in db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) FROM ticket WHERE \(column) >= ? AND \(column) < ?",
            arguments: [day.start, day.end]) ?? 0
    }
}
