import Contracts
import Foundation
import GRDB
import Messaging
import Persistence

/// What the pages and the API of a department do with its store.
package struct DepartmentStore: Sendable {
    let database: ServiceDatabase
    private let clock: any TimeSource

    package init(_ database: ServiceDatabase, clock: any TimeSource) {
        self.database = database
        self.clock = clock
    }

    /// Carries out a person's command: decided, kept and said in one transaction.
    /// - Throws: `Rejection` when the procedure does not allow it, `UnknownCase` when the department never had it.
    package func perform(_ command: WorkCommand, on number: TicketNumber, by actor: Actor) async throws -> WorkOrder {
        try await database.write { unit in
            guard let order = try WorkOrders.find(number, in: unit.db) else { throw UnknownCase(number: number) }
            let decision = try order.decide(command, by: actor, at: unit.now)
            try WorkOrders.apply(decision, in: unit)
            try WorkOrders.mirror(command, from: decision.order, by: actor, in: unit)
            return decision.order
        }
    }

    /// Everything about one case; nil when the department never had it.
    package func file(_ number: TicketNumber) async throws -> CaseFile? {
        try await database.read { db in
            guard let order = try WorkOrders.find(number, in: db) else { return nil }
            let parts = Parts(number: number, in: db)
            return CaseFile(
                order: order, solutions: try parts.solutions().map { try SolutionVersion($0) },
                history: try parts.history())
        }
    }

    package func list(_ query: WorkListQuery) async throws -> WorkListPage {
        let now = clock.now()
        return try await database.read { try query.fetch(at: now, in: $0) }
    }

    /// What the policy pack calls things, as the newest case says it; nil before one did.
    package func words() async throws -> CaseWords? {
        try await database.read { db in
            for isOpen in [true, false] {
                let newest = try WorkOrderRecord.filter(WorkOrderRecord.Columns.isOpen == isOpen)
                    .order(WorkOrderRecord.Columns.assignedAt.desc, WorkOrderRecord.Columns.number.desc).fetchOne(db)
                if let words = try newest?.assigned().words { return words }
            }
            return nil
        }
    }

    /// How many orders stand in each state; every state has its number. Cases that are not for a viewer's eyes do not
    /// count (W21).
    package func counts(seenBy viewer: Viewer? = nil) async throws -> [WorkState: Int] {
        try await database.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT state, count FROM workCount")
            var counts: [WorkState: Int] = rows.reduce(into: [:]) { counts, row in
                if let state = WorkState(rawValue: row["state"]) { counts[state] = row["count"] }
            }
            for number in try Self.hidden(from: viewer, in: db) {
                let state = try String.fetchOne(
                    db, sql: "SELECT state FROM workOrder WHERE number = ?", arguments: [number])
                if let state = state.flatMap(WorkState.init) { counts[state, default: 1] -= 1 }
            }
            return counts
        }
    }

    /// How many cases ask one of these people for something.
    package func awaitedCount(_ people: [String], seenBy viewer: Viewer? = nil) async throws -> Int {
        try await database.read { db in
            try CasePersonRecord.filter(people.contains(Column("person")) && Column("isAwaited") == true)
                .filter(!Self.hidden(from: viewer, in: db).contains(Column("workOrderNumber")))
                .select(Column("workOrderNumber"), as: String.self).distinct().fetchCount(db)
        }
    }

    private static func hidden(from viewer: Viewer?, in db: Database) throws -> [String] {
        try viewer.map { try RestrictedTable.hidden(from: $0, in: db) } ?? []
    }

    /// True when a case names this person, who therefore may look at it though they work elsewhere; without a number,
    /// when any case does.
    package func names(_ person: String, in number: TicketNumber? = nil) async throws -> Bool {
        try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM caseNamed
                        WHERE person = ? AND workOrderNumber = ifnull(?, workOrderNumber))
                    """,
                arguments: [person, number?.text]) ?? false
        }
    }

    /// How many open orders have a deadline that has passed.
    package func overdueCount(seenBy viewer: Viewer? = nil) async throws -> Int {
        let now = clock.now()
        return try await database.read { db in
            try WorkOrderRecord.filter(WorkOrderRecord.Columns.isOpen == true)
                .filter(WorkOrderRecord.Columns.dueAt < now)
                .filter(!Self.hidden(from: viewer, in: db).contains(WorkOrderRecord.Columns.number)).fetchCount(db)
        }
    }
}

/// The department has no work order for a complaint.
package struct UnknownCase: Error, Hashable {
    package var number: TicketNumber
}

/// Everything that a department has about one complaint.
package struct CaseFile: Sendable {
    package var order: WorkOrder
    /// The newest first.
    package var solutions: [SolutionVersion]
    /// The newest first.
    package var history: [HistoryEntry]
}

/// A version of the solution, and how far it came.
package struct SolutionVersion: Sendable {
    package var solution: Solution
    /// The last state that the work order was in with it.
    package var state: WorkState
    /// Why it needs approval, was refused or declined; what came of it.
    package var remark: String?
    /// What the customer who declined it asks for instead (M17).
    package var request: String?
    package var completedAt: Date?

    init(_ record: SolutionRecord) throws {
        solution = try record.solution()
        state = WorkState(rawValue: record.state) ?? .proposed
        remark = record.remark
        request = record.request
        completedAt = record.completedAt
    }
}
