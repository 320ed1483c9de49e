import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import Procedure

/// What Routing does with a complaint that it hears of for the first time: registers it and, where the pack's conditions
/// are met, judges, grades and assigns it by itself. What the pack does not decide waits at the triage desk.
struct Registration: Sendable {
    let work: CaseWork

    private var pack: PolicyPack { work.pack }

    func register(_ message: Message<ComplaintReceived>, in unit: UnitOfWork) throws -> Outcome {
        guard let number = message.envelope.subject else {
            return .park(.init(.schema, "no ticket number", place: "subject"))
        }
        // A replay under another id must not register a complaint twice.
        guard try ComplaintTable.find(number, in: unit.db) == nil else { return .duplicate }
        return try Registration(work: work.following(nil)).register(number, message, in: unit)
    }

    private func register(
        _ number: TicketNumber, _ message: Message<ComplaintReceived>, in unit: UnitOfWork
    ) throws -> Outcome {
        var record = newRecord(number, message, at: unit.now)
        try ComplaintTable.insert(record, in: unit.db)
        let registered = record
        try beginCustody(record, in: unit.db)
        try unit.count(.registered, day: number.day, channel: record.complaint.channel)
        try unit.count(.open, day: number.day, channel: record.complaint.channel)
        var clocks = CaseClocks(new: number, work: work, in: unit.db)
        try open(record, message, &clocks, in: unit)
        if case .awaitingJudgement = record.file.state {
            try decideByPack(&record, &clocks, because: message.envelope, in: unit)
        }
        try work.save(&record, was: registered, at: unit.now, clocks: clocks, in: unit.db)
        try work.followDuties(record, because: message.envelope, in: unit)
        return .handled
    }

    private func newRecord(
        _ number: TicketNumber, _ message: Message<ComplaintReceived>, at now: Date
    ) -> ComplaintRecord {
        let complaint = message.payload.complaint
        let state: RoutingState =
            if message.payload.settledOutcome != nil {
                .settled
            } else {
                switch complaint.kind {
                case .complaint: .awaitingJudgement(round: 1)
                case .warning: waitsForAdviser(complaint) ? .awaitingAnswer : .awaitingJudgement(round: 1)
                case .enquiry, .suggestion: .awaitingAnswer
                }
            }
        return ComplaintRecord(
            number: number, file: CaseFile(state: state), complaint: complaint,
            settledOutcome: message.payload.settledOutcome, holder: Holder(state).text,
            holderSince: min(complaint.registeredAt, now), policy: pack.stamp)
    }

    /// An early warning is soothed and explained first (V02, V03), unless a part is missing, which only the parts manager
    /// can get (V04).
    private func waitsForAdviser(_ complaint: Complaint) -> Bool {
        guard pack.warnings != nil else { return false }
        let category = pack.categorise(complaint)?.category.id
        let grading = pack.grade(complaint, category: category)
        return pack.partsCase(for: pack.graded(complaint, category: category, severity: grading.severity)) == nil
    }

    /// The first line of the history, and the clocks that run from the hearing and from the registration.
    private func open(
        _ record: ComplaintRecord, _ message: Message<ComplaintReceived>, _ clocks: inout CaseClocks,
        in unit: UnitOfWork
    ) throws {
        let complaint = record.complaint
        let by = complaint.recordedBy.map(Actor.staff) ?? .customer
        try HistoryTable.append(
            HistoryRecord(
                at: complaint.registeredAt, event: "complaint.received", standing: .moved, by: by,
                detail: message.payload.settledOutcome), to: record.number, in: unit.db)
        // Nobody is late with what was settled on the spot.
        guard record.file.state != .settled else { return }
        try work.hear(ClockTick(event: Clock.heard, at: complaint.heardAt), record, &clocks, in: unit)
        try work.hear(ClockTick(event: "complaint.received", at: complaint.registeredAt), record, &clocks, in: unit)
    }

    /// Time is charged from when the customer was first heard: until there was a number to whoever heard it (K02), from
    /// then on to Routing.
    private func beginCustody(_ record: ComplaintRecord, in db: Database) throws {
        let complaint = record.complaint
        if complaint.heardAt < complaint.registeredAt {
            try CustodyTable.pass(record.number, to: .intake, at: complaint.heardAt, in: db)
        }
        try CustodyTable.pass(record.number, to: Holder(record.file.state), at: record.holderSince, in: db)
    }

    private func decideByPack(
        _ record: inout ComplaintRecord, _ clocks: inout CaseClocks, because cause: Envelope, in unit: UnitOfWork
    ) throws {
        switch pack.judge(record.complaint) {
        case .undecided(let why):
            record.explanations = why
        case .valid(let explanations):
            record.explanations = explanations
            record.classify(by: pack, course: try work.courseAtFirst(record, in: unit.db))
            try step(.judgedValid, nil, &record, &clocks, because: cause, in: unit)
            try assignByPack(&record, &clocks, because: cause, in: unit)
        }
    }

    private func assignByPack(
        _ record: inout ComplaintRecord, _ clocks: inout CaseClocks, because cause: Envelope, in unit: UnitOfWork
    ) throws {
        guard let category = record.category, category != pack.otherCategory.id, let severity = record.severity,
            let proposal = pack.assign(
                record.complaint, number: record.number, category: category, severity: severity, at: unit.now),
            proposal.isAutomatic, mayHandle(proposal.department, record)
        else { return }
        record.owner = partsManager(record, in: proposal.department) ?? proposal.owner
        record.owner = record.unconcerned(record.owner ?? "", pack.department(proposal.department))
        record.explanations += proposal.explanations
        let language = record.complaint.language
        let reason = proposal.explanations.map { $0.text.text(for: language) }
            .joined(separator: language.hasPrefix("en") ? "; " : "；")
        let event = RoutingEvent.assigned(
            lead: proposal.department, assisting: proposal.assisting, bySupervisor: false)
        try step(event, reason, &record, &clocks, because: cause, in: unit)
    }

    /// A report of misconduct goes to the department alone that the pack names (W21); otherwise a person assigns it.
    private func mayHandle(_ department: DepartmentID, _ record: ComplaintRecord) -> Bool {
        guard record.complaint.protected != nil, let protection = pack.protection(of: record.complaint) else {
            return true
        }
        return protection.terms.department == department
    }

    /// A warning for want of a part goes to the parts manager in person (V04).
    private func partsManager(_ record: ComplaintRecord, in department: DepartmentID) -> String? {
        guard record.complaint.kind == .warning, let severity = record.severity else { return nil }
        let graded = pack.graded(record.complaint, category: record.category, severity: severity)
        guard let parts = pack.partsCase(for: graded), parts.terms.department == department else { return nil }
        return pack.department(department)?.head
    }

    private func step(
        _ event: RoutingEvent, _ detail: String?, _ record: inout ComplaintRecord, _ clocks: inout CaseClocks,
        because cause: Envelope, in unit: UnitOfWork
    ) throws {
        let decision = try RoutingPolicy.decide(record.file, event, rulingAfter: pack.returns.rulingAfter)
        record.file = decision.file
        let happening = Happening(
            atDesk: event, at: unit.now, by: .system(pack.stamp.description), detail: detail)
        try work.settle(happening, decision, &record, &clocks, because: cause, in: unit)
    }
}

extension ComplaintRecord {
    /// Takes over the category and severity that the pack gives, with the explanations; what no keyword recognises goes
    /// into the pack's category for everything else.
    mutating func classify(by pack: PolicyPack, course: CourseSoFar = CourseSoFar()) {
        let found = pack.categorise(complaint)
        let grading = pack.grade(complaint, category: found?.category.id, course: course)
        category = found?.category.id ?? pack.otherCategory.id
        severity = grading.severity
        urgency = grading.urgency
        importance = grading.importance
        explanations += [found?.explanation ?? pack.unrecognised, grading.explanation]
    }
}
