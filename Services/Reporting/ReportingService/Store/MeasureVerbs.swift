import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

extension Measure: FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "measure"

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

extension MeasureNeed: FetchableRecord, PersistableRecord {
    static let databaseTableName = "measureNeed"
}

/// Which measures a list shows. All that is given must hold.
struct MeasureFilter: Hashable, Sendable {
    var month: String?
    var department: DepartmentID?
    var stage: MeasureStage?
    /// Only those that were due before this and are not done.
    var overdueAt: Date?
    /// Set within these instants.
    var setFrom: Date?
    var setBefore: Date?
}

extension ReportingStore {
    /// What is open and due first comes first.
    func measures(_ filter: MeasureFilter, limit: Int = 500) async throws -> [Measure] {
        try await database.read { db in
            var request = Measure.all()
            if let month = filter.month { request = request.filter(Column("month") == month) }
            if let id = filter.department { request = request.filter(Column("department") == id.text) }
            if let stage = filter.stage { request = request.filter(Column("stage") == stage.rawValue) }
            if let now = filter.overdueAt {
                request = request.filter(Column("stage") == MeasureStage.open.rawValue && Column("dueAt") < now)
            }
            if let from = filter.setFrom { request = request.filter(Column("setAt") >= from) }
            if let before = filter.setBefore { request = request.filter(Column("setAt") < before) }
            let order = SQL("CASE stage WHEN 'open' THEN 0 WHEN 'done' THEN 1 ELSE 2 END, dueAt, id").sqlExpression
            return try request.order(order).limit(limit).fetchAll(db)
        }
    }

    func measure(_ id: Int64) async throws -> (measure: Measure, trail: [TrailStep])? {
        try await database.read { db in
            guard let measure = try Measure.fetchOne(db, key: id) else { return nil }
            return (measure, try Trail.all(.measure, id, in: db))
        }
    }

    /// Complaints that must have a measure and have none, the longest closed first.
    func measureNeeds(limit: Int = 100) async throws -> [MeasureNeed] {
        try await database.read { db in
            try MeasureNeed.fetchAll(
                db,
                sql: """
                    SELECT * FROM measureNeed AS need
                    WHERE NOT EXISTS (SELECT 1 FROM measure WHERE measure.ticket = need.ticket)
                    ORDER BY since, ticket LIMIT ?
                    """, arguments: [limit])
        }
    }

    /// Notes that the pack wants a measure for a complaint that has come to its end.
    func needMeasure(_ closed: ClosedComplaint, by pack: PolicyPack, in unit: UnitOfWork) throws {
        guard let graded = closed.graded(by: pack), let because = pack.improvementNeeded(for: graded) else { return }
        let need = MeasureNeed(
            ticket: closed.summary.number, because: because.text, department: closed.summary.department,
            since: closed.summary.closedAt ?? unit.now)
        try need.insert(unit.db, onConflict: .ignore)
    }

    /// Sets a measure. One that a complaint led to is told to everybody, and stands on its ticket.
    func set(_ measure: Measure) async throws -> Measure {
        try await database.write { unit in
            var measure = measure
            if let ticket = measure.ticket, try TicketRow.fetch(ticket, in: unit.db) == nil {
                throw ImprovementRefusal.unknown
            }
            measure.setAt = unit.now
            try measure.insert(unit.db)
            try Trail.append(.measure, measure.id ?? 0, "set", by: measure.setBy, in: unit)
            if let ticket = measure.ticket {
                try unit.send(
                    MeasureAssigned(
                        department: measure.department, measure: measure.measure, dueAt: measure.dueAt,
                        by: .staff(measure.setBy)), about: ticket)
            }
            return measure
        }
    }

    func completeMeasure(_ id: Int64, outcome: String, by name: String) async throws -> Measure {
        try await changeMeasure(id, "done", note: outcome, by: name) { measure, unit in
            try measure.complete(outcome, by: name, at: unit.now)
        }
    }

    func auditMeasure(_ id: Int64, _ audit: MeasureAudit, by name: String) async throws -> Measure {
        let words = [audit.note, audit.consequenceNote].compactMap { $0 }.joined(separator: " · ")
        return try await changeMeasure(id, "audited-\(audit.result.rawValue)", note: words, by: name) {
            measure, unit in
            try measure.settle(audit, by: name, at: unit.now)
        }
    }

    private func changeMeasure(
        _ id: Int64, _ step: String, note: String?, by name: String,
        _ change: @escaping @Sendable (inout Measure, UnitOfWork) throws -> Void
    ) async throws -> Measure {
        try await database.write { unit in
            guard var measure = try Measure.fetchOne(unit.db, key: id) else { throw ImprovementRefusal.unknown }
            try change(&measure, unit)
            try measure.update(unit.db)
            try Trail.append(.measure, id, step, by: name, note: note, in: unit)
            return measure
        }
    }
}
