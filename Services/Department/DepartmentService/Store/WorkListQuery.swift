import Contracts
import Foundation
import GRDB

/// What of a department's work is asked for, in which order, and from where on.
package struct WorkListQuery: Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        case open
        case ended
        case state(WorkState)

        /// `open`, `ended` or the name of a state.
        package init?(name: String) {
            switch name {
            case "open": self = .open
            case "ended": self = .ended
            default:
                guard let state = WorkState(rawValue: name) else { return nil }
                self = .state(state)
            }
        }

        package var name: String {
            switch self {
            case .open: "open"
            case .ended: "ended"
            case .state(let state): state.rawValue
            }
        }
    }

    /// The next deadline first, or the newest assignment first.
    package enum Order: String, Sendable, CaseIterable {
        case due, newest
    }

    /// Where the last page ended: the place goes by the last row's values, not by counting rows.
    package struct Cursor: Hashable, Sendable {
        var instant: Date
        var number: TicketNumber

        init(instant: Date, number: TicketNumber) {
            self.instant = instant
            self.number = number
        }

        /// Reads `text`; fails when it is not a cursor.
        package init?(_ text: String) {
            let parts = text.split(separator: "~")
            guard parts.count == 2, let milliseconds = Int64(parts[0]), let number = TicketNumber(String(parts[1]))
            else { return nil }
            self.init(instant: Date(timeIntervalSince1970: Double(milliseconds) / 1000), number: number)
        }

        package var text: String { "\(Int64((instant.timeIntervalSince1970 * 1000).rounded()))~\(number)" }
    }

    package var scope: Scope = .open
    package var severity: Severity?
    /// Those whose next step is the department's own.
    package var onlyOurTurn = false
    package var onlyOverdue = false
    package var onlyWaiting = false
    package var onlyUrged = false
    /// Those that ask one of these people for something, whatever their state; nil: all.
    package var awaiting: [String]?
    /// Those that name this person, who works elsewhere; nil: all.
    package var naming: String?
    /// Who looks: what is not for their eyes is left out (W21); nil: nobody in particular.
    package var viewer: Viewer?
    package var order: Order = .due
    package var cursor: Cursor?
    package var limit = 50

    package init() {}
}

/// One line of the work list.
package struct WorkListRow: Sendable {
    package var number: TicketNumber
    package var state: WorkState
    package var assignment: CaseAssigned
    package var assignedAt: Date
    package var round: Int
    /// The next deadline; absent when none runs.
    package var dueAt: Date?
    package var isWaitingForCustomer: Bool
    package var urgings: Int
    package var escalation: String?
    package var solutionVersion: Int?
}

/// A page of the work list.
package struct WorkListPage: Sendable {
    package var rows: [WorkListRow]
    /// Where the next page begins; absent on the last one.
    package var next: WorkListQuery.Cursor?
}

extension WorkListQuery {
    /// - Parameter now: what is overdue is due before it.
    func fetch(at now: Date, in db: Database) throws -> WorkListPage {
        let records = try request(at: now, in: db).limit(limit + 1).fetchAll(db)
        let rows = try records.prefix(limit).map(WorkListRow.init)
        guard records.count > limit, let last = records.dropLast().last, let row = rows.last else {
            return WorkListPage(rows: rows)
        }
        let instant = order == .due ? last.dueAt : last.assignedAt
        return WorkListPage(rows: rows, next: Cursor(instant: instant, number: row.number))
    }

    /// How SQLite goes about it, one line for each step.
    func plan(at now: Date, in db: Database) throws -> [String] {
        let request = try request(at: now, in: db).limit(limit + 1).makePreparedRequest(db, forSingleResult: false)
        let statement = request.statement
        return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(statement.sql)", arguments: statement.arguments)
            .map { $0["detail"] }
    }

    private func request(at now: Date, in db: Database) throws -> QueryInterfaceRequest<WorkOrderRecord> {
        typealias Columns = WorkOrderRecord.Columns
        var request = WorkOrderRecord.all()
        let hidden = try viewer.map { try RestrictedTable.hidden(from: $0, in: db) } ?? []
        if !hidden.isEmpty { request = request.filter(try Self.outside(hidden)) }
        switch scope {
        case .open where awaiting != nil || naming != nil: break
        case .open: request = request.filter(Columns.isOpen == true)
        case .ended: request = request.filter(Columns.isOpen == false)
        case .state(let state): request = request.filter(Columns.state == state.rawValue)
        }
        if let severity { request = request.filter(Columns.severity == severity.rawValue) }
        if onlyOurTurn {
            let ours = WorkState.allCases.filter(\.isOurTurn).map(\.rawValue)
            // The plus keeps SQLite on the index that is in order.
            request = request.filter(
                sql: "+state IN (\(ours.map { _ in "?" }.joined(separator: ", ")))", arguments: StatementArguments(ours)
            )
        }
        if onlyOverdue { request = request.filter(Columns.dueAt < now) }
        if onlyWaiting { request = request.filter(Columns.isWaiting == true) }
        if let awaiting { request = request.filter(Self.people(awaiting, "isAwaited")) }
        if let naming { request = request.filter(Self.naming(naming)) }
        if onlyUrged { request = request.filter(Columns.urgings > 0) }
        switch order {
        case .due:
            if let cursor { request = request.filter(sql: "(dueAt, number) > (?, ?)", arguments: cursor.arguments) }
            return request.order(Columns.dueAt, Columns.number)
        case .newest:
            if let cursor {
                request = request.filter(sql: "(assignedAt, number) < (?, ?)", arguments: cursor.arguments)
            }
            return request.order(Columns.assignedAt.desc, Columns.number.desc)
        }
    }
}

extension WorkListQuery {
    /// As one argument, however many there are.
    static func outside(_ hidden: [String]) throws -> SQL {
        let list = try ListColumn.text(hidden) ?? "[]"
        return "workOrder.number NOT IN (SELECT value FROM json_each(\(list)))"
    }

    private static func naming(_ person: String) -> SQL {
        "workOrder.number IN (SELECT workOrderNumber FROM caseNamed WHERE person = \(person))"
    }

    private static func people(_ people: [String], _ column: String) -> SQL {
        """
        workOrder.number IN (SELECT workOrderNumber FROM casePerson
        WHERE person IN \(people) AND \(sql: column))
        """
    }
}

extension WorkListQuery.Cursor {
    fileprivate var arguments: StatementArguments { [instant, number.text] }
}

extension WorkListRow {
    init(_ record: WorkOrderRecord) throws {
        guard let number = TicketNumber(record.number), let state = WorkState(rawValue: record.state) else {
            throw UnreadableRecord(number: record.number, what: "'\(record.state)'")
        }
        self.number = number
        self.state = state
        assignment = try record.assigned()
        assignedAt = record.assignedAt
        round = record.round
        dueAt = record.dueAt < WorkOrderRecord.never ? record.dueAt : nil
        isWaitingForCustomer = record.isWaiting
        urgings = record.urgings
        escalation = record.escalation
        solutionVersion = record.solutionVersion
    }
}
