import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

extension CaseFile: FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "caseFile"

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

/// Which cases a list shows.
struct CaseFilter: Hashable, Sendable {
    var stages: [CaseStage] = CaseStage.allCases
    /// A part of the text.
    var text: String?
}

extension ReportingStore {
    /// The newest first.
    func cases(_ filter: CaseFilter, limit: Int = 200) async throws -> [CaseFile] {
        try await database.read { db in
            var request = CaseFile.filter(filter.stages.map(\.rawValue).contains(Column("stage")))
            if let text = filter.text { request = request.filter(sql: "instr(text, ?) > 0", arguments: [text]) }
            return try request.order(Column("id").desc).limit(limit).fetchAll(db)
        }
    }

    /// A case with its trail, and what the ticket says for whoever writes it.
    func caseFile(_ id: Int64) async throws -> (file: CaseFile, trail: [TrailStep])? {
        try await database.read { db in
            guard let file = try CaseFile.fetchOne(db, key: id) else { return nil }
            return (file, try Trail.all(.case, id, in: db))
        }
    }

    /// The case that a complaint became; absent when it became none.
    func caseID(of number: TicketNumber) async throws -> Int64? {
        try await database.read { db in
            try Int64.fetchOne(
                db, sql: "SELECT id FROM caseFile WHERE ticket = ? ORDER BY id LIMIT 1", arguments: [number.text])
        }
    }

    func closedComplaint(_ number: TicketNumber) async throws -> ClosedComplaint? {
        try await database.read { db in try ClosedComplaint.find(number, in: db) }
    }

    /// Makes the cases of a complaint that has come to its end, once, and says so.
    func nominate(_ closed: ClosedComplaint, by pack: PolicyPack, because cause: Envelope, in unit: UnitOfWork) throws {
        guard !pack.cases.isEmpty, try !Self.isCase(closed.summary.number, in: unit.db) else { return }
        for file in closed.cases(by: pack, at: unit.now) {
            try Self.insert(file, of: closed, by: pack, because: cause, in: unit)
        }
    }

    /// Makes a case of a closed complaint because a person says so (S13).
    ///
    /// - Throws: `ImprovementRefusal`.
    func nominate(
        _ number: TicketNumber, reason: String, by name: String, pack: PolicyPack
    ) async throws -> CaseFile {
        try await database.write { unit in
            guard let closed = try ClosedComplaint.find(number, in: unit.db) else { throw ImprovementRefusal.unknown }
            let file = try closed.nominated(reason, by: name, pack: pack, at: unit.now)
            guard try !Self.isCase(number, in: unit.db) else { throw ImprovementRefusal.isCase }
            return try Self.insert(file, of: closed, by: pack, because: nil, in: unit)
        }
    }

    /// Keeps what was written, without the customer's personal data.
    /// - Parameter seen: how many steps its trail had when it was looked at; nil: written over whatever is there.
    func write(
        _ text: CaseText, submits: Bool, to id: Int64, by name: String, seen: Int? = nil
    ) async throws -> CaseFile {
        try await changeCase(id, submits ? "submitted" : "written", by: name, seen: seen) { file, unit in
            let complaint = try ClosedComplaint.find(file.ticket, in: unit.db)?.record.complaint
            let masking = RecordMasking(complaint?.complainant ?? Complainant())
            try file.write(text.mapped(masking.text), submits: submits, by: name, at: unit.now)
        }
    }

    /// Approves a case: it stands in the library, and each recipient that is a department is sent it (K17).
    /// - Parameter pack: says which recipients are departments of the company.
    func approveCase(_ id: Int64, by name: String, pack: PolicyPack) async throws -> CaseFile {
        try await changeCase(id, "published", by: name) { file, unit in
            try file.approve(by: name, at: unit.now)
            try CaseAlarm.filter(Column("caseFile") == id).deleteAll(unit.db)
            let recipients = file.recipients.compactMap { DepartmentID($0) }
            try unit.send(
                CasePublished(title: file.text.title, recipients: recipients, by: .staff(name)), about: file.ticket)
            for department in recipients where pack.department(department) != nil {
                try unit.send(file.distributed(to: department, by: name, in: pack), about: file.ticket)
                try Trail.append(.case, id, TrailStep.sending, by: name, note: department.text, in: unit)
            }
        }
    }

    /// Notes that a department has read a case, once. A case of another store is none of this one's.
    static func noteReading(_ read: CaseRead, of number: TicketNumber, in unit: UnitOfWork) throws {
        let id = Int64(read.caseFile)
        guard let file = try CaseFile.fetchOne(unit.db, key: id), file.ticket == number,
            try !Trail.all(.case, id, in: unit.db).contains(where: { $0.isReading(by: read.department) })
        else { return }
        try Trail.append(
            .case, id, TrailStep.reading, by: read.by.name, note: read.department.text, in: unit)
    }

    func refuseCase(_ id: Int64, reason: String, by name: String) async throws -> CaseFile {
        try await changeCase(id, "returned", note: reason, by: name) { file, unit in
            try file.refuse(reason, by: name, at: unit.now)
        }
    }

    /// What a change adds to the trail itself follows the step.
    /// - Parameter seen: how many steps the trail had when whoever changes it looked; nil: that does not matter.
    private func changeCase(
        _ id: Int64, _ step: String, note: String? = nil, by name: String, seen: Int? = nil,
        _ change: @escaping @Sendable (inout CaseFile, UnitOfWork) throws -> Void
    ) async throws -> CaseFile {
        try await database.write { unit in
            guard var file = try CaseFile.fetchOne(unit.db, key: id) else { throw ImprovementRefusal.unknown }
            if let seen, let other = try Trail.all(.case, id, in: unit.db).dropFirst(seen).compactMap(\.by).last {
                throw ImprovementRefusal.changed(by: other)
            }
            try Trail.append(.case, id, step, by: name, note: note, in: unit)
            try change(&file, unit)
            try file.update(unit.db)
            return file
        }
    }

    private static func isCase(_ number: TicketNumber, in db: Database) throws -> Bool {
        try CaseFile.filter(Column("ticket") == number.text).fetchCount(db) > 0
    }

    @discardableResult
    private static func insert(
        _ file: CaseFile, of closed: ClosedComplaint, by pack: PolicyPack, because cause: Envelope?,
        in unit: UnitOfWork
    ) throws -> CaseFile {
        var file = file
        try file.insert(unit.db)
        let severity = closed.graded(by: pack)?.severity ?? closed.summary.severity
        for alarm in CaseAlarm.all(of: file, by: pack, severity: severity) { try alarm.insert(unit.db) }
        let by = file.nominatedBy
        try Trail.append(
            .case, file.id ?? 0, "nominated", by: by.kind == .staff ? by.name : nil,
            note: by.kind == .staff ? file.because.zhHans : nil, in: unit)
        let reason = file.because.text(for: closed.record.complaint.language)
        try unit.send(CaseNominated(reason: reason, by: by), about: file.ticket, because: cause)
        return file
    }
}

extension ClosedComplaint {
    /// Absent when no complaint with this number was received here.
    static func find(_ number: TicketNumber, in db: Database) throws -> ClosedComplaint? {
        guard let (_, summary) = try TicketRow.fetch(number, in: db) else { return nil }
        let course = try EventRow.course(of: number, in: db).compactMap { try $0.recorded() }
        return TicketRecord.fold(course).map { ClosedComplaint(summary: summary, record: $0, course: course) }
    }
}
