import Contracts
import GRDB
import Messaging
import Persistence

/// What the departments did. The customer is told that something happened, not what was said within the house.
extension CallbackSubscriptions {
    func acknowledged(_ unit: UnitOfWork, _ message: Message<CaseAcknowledged>) throws -> Outcome {
        try work(unit, message.envelope, .acknowledged, by: message.payload.by, of: message.payload.department)
    }

    func returned(_ unit: UnitOfWork, _ message: Message<CaseReturned>) throws -> Outcome {
        // Who gives a case back has not handled it, and so may call.
        var keeper = try keeper(unit, message.envelope)
        try noteStep(&keeper, .returned, message.envelope, by: message.payload.by, of: message.payload.department)
        return .handled
    }

    func investigated(_ unit: UnitOfWork, _ message: Message<CaseInvestigated>) throws -> Outcome {
        try work(unit, message.envelope, .investigated, by: message.payload.by, of: message.payload.department)
    }

    /// Progress is reported for the customer, in the words of the note (W07).
    func progressed(_ unit: UnitOfWork, _ message: Message<CaseProgressed>) throws -> Outcome {
        let payload = message.payload
        var facts = ["note": payload.note]
        if let expectedBy = payload.expectedBy { facts["expectedBy"] = RFC3339.text(expectedBy) }
        return try work(
            unit, message.envelope, .progressed, by: payload.by, of: payload.department, facts: facts)
    }

    /// That a draft waits for approval is the house's affair: the customer sees that a solution is being reviewed.
    func drafted(_ unit: UnitOfWork, _ message: Message<SolutionDrafted>) throws -> Outcome {
        let payload = message.payload
        return try work(
            unit, message.envelope, .review, by: .staff(payload.solution.draftedBy), of: payload.department)
    }

    /// Who approves has not handled it.
    func approved(_ unit: UnitOfWork, _ message: Message<SolutionApproved>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        try noteStep(&keeper, .approved, message.envelope, by: message.payload.by, of: message.payload.department)
        return .handled
    }

    /// A refused draft never reached the customer: nothing happened, in the customer's terms.
    func refused(_ unit: UnitOfWork, _ message: Message<SolutionRefused>) throws -> Outcome {
        _ = try keeper(unit, message.envelope)
        return .handled
    }

    func proposed(_ unit: UnitOfWork, _ message: Message<SolutionProposed>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        try keeper.noteHandler(.staff(payload.solution.draftedBy))
        let isNew = payload.solution.version > keeper.record.solutionVersion
        if isNew {
            keeper.record.leadTitle = payload.departmentTitle
            try keep(payload, of: keeper.number, in: unit)
        }
        let note = keeper.entry(
            .proposed, at: message.envelope.time, facts: .title("department", payload.departmentTitle),
            by: .staff(payload.solution.draftedBy))
        let event = CaseEvent.proposed(
            version: payload.solution.version, round: payload.round, department: payload.department)
        try take(event, &keeper, because: message.envelope, noting: [note])
        return .handled
    }

    /// A version that is not behind what is known: of a department that no longer leads the customer sees nothing.
    private func keep(_ proposed: SolutionProposed, of number: TicketNumber, in unit: UnitOfWork) throws {
        try ProposalRecord(
            number: number.text, version: proposed.solution.version, round: proposed.round,
            department: proposed.department.text, departmentTitle: proposed.departmentTitle,
            solution: proposed.solution, proposedAt: unit.now, presenters: proposed.presentation
        ).insert(unit.db, onConflict: .ignore)
    }

    /// The callback's clock starts when the solution was completed, not when that was reported (K14).
    func implemented(_ unit: UnitOfWork, _ message: Message<SolutionImplemented>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        try keeper.noteHandler(payload.by)
        let note = keeper.entry(
            .implemented, at: message.envelope.time, facts: ["outcome": payload.outcome], by: payload.by)
        try take(
            .implemented(version: payload.version, completedAt: payload.completedAt), &keeper,
            because: message.envelope, noting: [note])
        return .handled
    }

    func informationRequested(_ unit: UnitOfWork, _ message: Message<InformationRequested>) throws -> Outcome {
        var keeper = try keeper(unit, message.envelope)
        let payload = message.payload
        try keeper.noteHandler(payload.by)
        guard try !keeper.record.currentStanding().isEnded,
            try keeper.add(payload, at: unit.now)
        else { return .handled }
        try keeper.note([
            keeper.entry(.asked, at: message.envelope.time, facts: ["question": payload.question], by: payload.by)
        ])
        return .handled
    }

    /// A step of a department's work: whoever did it has handled the complaint (K15).
    private func work(
        _ unit: UnitOfWork, _ envelope: Envelope, _ kind: TimelineRecord.Kind, by actor: Actor,
        of department: DepartmentID, facts: [String: String] = [:], place: String = #function
    ) throws -> Outcome {
        var keeper = try keeper(unit, envelope, place: place)
        try keeper.noteHandler(actor)
        try noteStep(&keeper, kind, envelope, by: actor, of: department, facts: facts)
        return .handled
    }

    /// Steps of assisting departments, and steps that are told after the end, are not the customer's concern.
    private func noteStep(
        _ keeper: inout CaseKeeper, _ kind: TimelineRecord.Kind, _ envelope: Envelope, by actor: Actor,
        of department: DepartmentID, facts: [String: String] = [:]
    ) throws {
        let isLead = keeper.record.lead == nil || keeper.record.lead == department.text
        guard isLead, try !keeper.record.currentStanding().isEnded else { return }
        try keeper.note([keeper.entry(kind, at: envelope.time, facts: facts, by: actor)])
    }
}
