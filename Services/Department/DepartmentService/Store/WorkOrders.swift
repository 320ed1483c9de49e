import Contracts
import Foundation
import GRDB
import Persistence

/// The verbs of a department's store that work inside a transaction: an order as a whole is taken out, and what was
/// decided is put back together with its history and what is said about it.
enum WorkOrders {
    /// The order for a complaint; nil when the department has never had it.
    static func find(_ number: TicketNumber, in db: Database) throws -> WorkOrder? {
        guard let record = try WorkOrderRecord.fetchOne(db, key: number.text) else { return nil }
        let assignment = try record.assigned()
        let parts = Parts(number: number, in: db)
        return WorkOrder(
            number: number, assignment: assignment, assignedAt: record.assignedAt,
            stage: try stage(of: record, in: db), round: record.round, nextVersion: record.nextVersion,
            nextNumber: record.nextNumber, acknowledgedAt: record.acknowledgedAt,
            plan: try parts.plan(assignment: assignment.assignment, round: record.round),
            evidence: try parts.evidence(),
            investigation: try parts.investigation(assignment: assignment.assignment, round: record.round),
            reworkReason: record.reworkReason, questions: try parts.questions(), opinions: try parts.opinions(),
            participants: try parts.participants(), opinionQuestion: record.opinionQuestion,
            latestProgress: record.progress, changedNeeds: record.changedNeeds, urgings: record.urgings,
            escalation: record.escalation, escalationClock: record.escalationClock, satisfaction: record.satisfaction,
            clocks: try record.clocks())
    }

    /// Keeps what was decided and says it, in the transaction of `unit`.
    static func apply(_ decision: Decision, in unit: UnitOfWork, because cause: MessageCause = .person) throws {
        guard !decision.isUnchanged else { return }
        try save(decision.order, at: unit.now, in: unit.db)
        for entry in decision.history { try HistoryRecord(decision.order.number, entry).insert(unit.db) }
        for event in decision.says { try unit.send(event, about: decision.order.number, because: cause.envelope) }
    }

    private static func save(_ order: WorkOrder, at now: Date, in db: Database) throws {
        try WorkOrderRecord(order, at: now).save(db)
        try RestrictedTable.follow(order.number, order.assignment, in: db)
        try SolutionRecord(order.number, order.stage)?.save(db)
        try InvestigationRecord(order)?.save(db)
        try InvestigationPlanRecord(order)?.save(db)
        for (position, evidence) in order.evidence.enumerated() {
            try CollectedEvidenceRecord(order.number, position, evidence).save(db)
        }
        for question in order.questions { try CustomerQuestionRecord(order.number, question).save(db) }
        try OpinionRecord.filter(Column("workOrderNumber") == order.number.text).deleteAll(db)
        for opinion in order.opinions { try OpinionRecord(order.number, opinion).insert(db) }
        try ParticipantRecord.filter(Column("workOrderNumber") == order.number.text).deleteAll(db)
        for participant in order.participants { try ParticipantRecord(order.number, participant).insert(db) }
        try CasePersonRecord.save(order, in: db)
    }

    /// The stage from its name, its remark and its solution.
    private static func stage(of record: WorkOrderRecord, in db: Database) throws -> WorkStage {
        guard let state = WorkState(rawValue: record.state) else {
            throw UnreadableRecord(number: record.number, what: "'\(record.state)' is no state")
        }
        let remark = record.remark ?? ""
        switch state {
        case .assigned: return .assigned
        case .investigating: return .investigating
        case .investigated: return .investigated
        case .opinionDue: return .opinionDue
        case .awaitingApproval: return .awaitingApproval(try solution(of: record, in: db).solution(), needs: remark)
        case .refused: return .refused(try solution(of: record, in: db).solution(), reason: remark)
        case .proposed: return .proposed(try solution(of: record, in: db).solution())
        case .declined:
            let solution = try solution(of: record, in: db)
            return .declined(try solution.solution(), objection: remark, request: solution.request)
        case .carryingOut:
            let solution = try solution(of: record, in: db)
            return .carryingOut(try solution.solution(), done: solution.completedAt.map(RFC3339.toMillisecond))
        case .implemented:
            let solution = try solution(of: record, in: db)
            guard let implementation = solution.implementation else {
                throw UnreadableRecord(number: record.number, what: "version \(solution.version) was not carried out")
            }
            return .implemented(try solution.solution(), implementation)
        case .opinionGiven: return .opinionGiven(remark)
        case .closed: return .closed(try word(remark, of: record))
        case .returned: return .returned(reason: remark)
        case .cancelled: return .cancelled(try word(remark, of: record))
        }
    }

    private static func solution(of record: WorkOrderRecord, in db: Database) throws -> SolutionRecord {
        let key: [String: (any DatabaseValueConvertible)?] = [
            "workOrderNumber": record.number, "version": record.solutionVersion,
        ]
        guard let solution = try SolutionRecord.fetchOne(db, key: key) else {
            throw UnreadableRecord(number: record.number, what: "its solution is missing")
        }
        return solution
    }

    private static func word<Word: RawRepresentable>(
        _ text: String, of record: WorkOrderRecord
    ) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            throw UnreadableRecord(number: record.number, what: "'\(text)' is no \(Word.self)")
        }
        return word
    }
}

/// What led to a change.
enum MessageCause {
    case message(Envelope)
    case person

    var envelope: Envelope? {
        switch self {
        case .message(let envelope): envelope
        case .person: nil
        }
    }
}

/// What belongs to one work order, from the tables besides `workOrder`.
struct Parts {
    let number: TicketNumber
    let db: Database

    init(number: TicketNumber, in db: Database) {
        self.number = number
        self.db = db
    }

    private func ofOrder<Record: TableRecord>(_ record: Record.Type) -> QueryInterfaceRequest<Record> {
        Record.filter(Column("workOrderNumber") == number.text)
    }

    func investigation(assignment: Int, round: Int) throws -> Investigation? {
        try ofOrder(InvestigationRecord.self)
            .filter(Column("assignmentNumber") == assignment && Column("round") == round)
            .fetchOne(db)?.investigation()
    }

    func plan(assignment: Int, round: Int) throws -> InvestigationPlan? {
        try ofOrder(InvestigationPlanRecord.self)
            .filter(Column("assignmentNumber") == assignment && Column("round") == round)
            .fetchOne(db)?.plan
    }

    func evidence() throws -> [CollectedEvidence] {
        try ofOrder(CollectedEvidenceRecord.self).order(Column("position")).fetchAll(db).map(\.evidence)
    }

    func participants() throws -> [Participant] {
        try ofOrder(ParticipantRecord.self).order(Column("person")).fetchAll(db).map(\.participant)
    }

    func questions() throws -> [CustomerQuestion] {
        try ofOrder(CustomerQuestionRecord.self).order(Column("request")).fetchAll(db).map(\.customerQuestion)
    }

    func opinions() throws -> [Opinion] {
        try ofOrder(OpinionRecord.self).order(Column("department")).fetchAll(db).map { try $0.value() }
    }

    func solutions() throws -> [SolutionRecord] {
        try ofOrder(SolutionRecord.self).order(Column("version").desc).fetchAll(db)
    }

    func history() throws -> [HistoryEntry] {
        try ofOrder(HistoryRecord.self).order(Column("id").desc).fetchAll(db).map { try $0.entry() }
    }
}
