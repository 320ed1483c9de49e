import Contracts
import Foundation

/// What other services' messages do to an order, each from an order to a decision.
struct NewsTurn {
    private let order: WorkOrder
    private let actor: Actor
    private let now: Date

    init(order: WorkOrder, by actor: Actor, at now: Date) {
        self.order = order
        self.actor = actor
        self.now = now
    }

    private func changed(_ entry: HistoryEntry, _ change: (inout WorkOrder) -> Void) -> Decision {
        var decision = Decision(order)
        change(&decision.order)
        decision.history = [entry]
        return decision
    }

    private func entry(
        _ kind: HistoryEntry.Kind, _ text: String? = nil, _ facts: [String: String?] = [:]
    ) -> HistoryEntry {
        HistoryEntry(kind, at: now, by: actor, text: text, facts: facts.compactMapValues { $0 })
    }

    /// A newer assignment replaces the older one. What counts over the whole complaint goes on: versions, the questions
    /// to the customer, and opinions of departments that still assist.
    func assignedAgain(_ newer: CaseAssigned) -> Decision {
        var decision = WorkOrder.opened(order.number, newer, at: now)
        decision.order.nextVersion = max(order.nextVersion, newer.nextSolutionVersion)
        decision.order.nextNumber = max(order.nextNumber, newer.nextNumber)
        decision.order.round = max(order.round, newer.round)
        decision.order.questions = order.questions
        decision.order.opinions = decision.order.opinions.map { fresh in
            order.opinions.first { $0.department == fresh.department } ?? fresh
        }
        decision.order.evidence = order.evidence
        decision.order.changedNeeds = order.changedNeeds
        decision.order.clocks = order.clocks
        decision.order.keepParticipation(of: order)
        return decision
    }

    func answered(_ request: Int, _ answer: String) throws(Premature) -> Decision {
        guard let index = order.questions.firstIndex(where: { $0.request == request }) else {
            throw Premature("request \(request) of \(order.number) was answered, which is not known here")
        }
        guard order.questions[index].answer == nil else { return Decision(order) }
        return changed(entry(.answered, answer, ["request": "\(request)"])) {
            $0.questions[index].answer = answer
            $0.questions[index].answeredAt = now
        }
    }

    func cancelled(_ reason: CancellationReason) -> Decision {
        changed(entry(.cancelled, nil, ["reason": reason.rawValue])) { $0.stage = .cancelled(reason) }
    }

    func closed(_ outcome: ClosingOutcome, _ satisfaction: Int?) -> Decision {
        let facts = ["outcome": outcome.rawValue, "satisfaction": satisfaction.map { "\($0)" }]
        return changed(entry(.closed, nil, facts)) {
            $0.stage = .closed(outcome)
            $0.satisfaction = satisfaction
        }
    }

    func urged(_ clock: String?, _ comment: String, _ text: LocalizedText?) -> Decision {
        changed(entry(.urged, comment, ["clock": clock]).saying(text)) { $0.urgings += 1 }
    }

    /// When the clock that ran out has been stopped meanwhile, that is for the record alone.
    func escalated(_ level: String, _ reason: String, _ clock: String?, _ text: LocalizedText?) -> Decision {
        changed(entry(.escalated, reason, ["level": level]).saying(text)) { changed in
            if let clock, order.runs(clock) == false { return }
            (changed.escalation, changed.escalationClock) = (level, clock)
        }
    }

    /// A clock that has started since the case was given: for approval, for another solution, for carrying it out. Of the
    /// runs of one clock the latest is kept.
    func deadlineStarted(_ deadline: Deadline, by event: String) -> Decision {
        guard order.role == .lead, order.clocks.isOfThisAssignment(deadline) else { return Decision(order) }
        let start = RFC3339.toMillisecond(deadline.startedAt)
        let known = order.assignment.deadlines.first { $0.clock == deadline.clock }
        if let known, RFC3339.toMillisecond(known.startedAt) >= start { return deadlineMoved(deadline) }
        return changed(entry(.deadlineStarted, nil, facts(deadline))) {
            $0.assignment.deadlines.removeAll { $0.clock == deadline.clock }
            $0.assignment.deadlines.append(deadline)
            $0.clocks.start(deadline, by: event)
        }
    }

    /// A clock has stopped by an event that is not for the department.
    func deadlineStopped(_ deadline: Deadline) -> Decision {
        guard order.assignment.deadlines.contains(where: { $0.clock == deadline.clock && order.clocks.runs($0) }) else {
            return Decision(order)
        }
        return changed(entry(.deadlineStopped, nil, ["deadline": title(deadline)])) { $0.clocks.stop(deadline) }
    }

    /// A clock that is known here runs until another time; of others the department was never told.
    func deadlineMoved(_ deadline: Deadline) -> Decision {
        let startedAt = RFC3339.toMillisecond(deadline.startedAt)
        let index = order.assignment.deadlines.firstIndex {
            $0.clock == deadline.clock && RFC3339.toMillisecond($0.startedAt) == startedAt
        }
        guard let index, order.assignment.deadlines[index] != deadline else { return Decision(order) }
        return changed(entry(.deadlineMoved, nil, facts(deadline))) { $0.assignment.deadlines[index] = deadline }
    }

    private func facts(_ deadline: Deadline) -> [String: String] {
        ["deadline": title(deadline), "dueAt": RFC3339.text(deadline.dueAt)]
    }

    private func title(_ deadline: Deadline) -> String { TwoLanguages.joined(deadline.title) }

    /// Asked again, a department that has given its opinion owes another.
    func consulted(_ question: String) -> Decision {
        changed(entry(.opinionRequested, question)) {
            $0.opinionQuestion = question
            if case .opinionGiven = order.stage { $0.stage = .opinionDue }
        }
    }

    func advised(_ department: DepartmentID, _ opinion: String) throws(Premature) -> Decision {
        guard order.role == .lead else {
            throw Premature(
                "\(department) gave its opinion on \(order.number), which this department does not lead yet")
        }
        // Said twice, by a replay: nothing new.
        guard !order.opinions.contains(where: { $0.department == department && $0.text == opinion && $0.by == actor })
        else { return Decision(order) }
        return changed(entry(.opinionGiven, opinion, ["department": department.text])) { changed in
            let given = Opinion(
                department: department, question: order.opinions.first { $0.department == department }?.question,
                text: opinion, by: actor, givenAt: now)
            changed.opinions.removeAll { $0.department == department }
            changed.opinions.append(given)
            changed.opinions.sort { $0.department.text < $1.department.text }
        }
    }

    /// Kept also for somebody who is not named: the assignment that names them may still be on its way.
    func joined(_ department: DepartmentID, _ person: String) throws(Premature) -> Decision {
        guard order.role == .lead else {
            throw Premature("\(person) takes part in \(order.number), which this department does not lead yet")
        }
        let known = order.participants.first { $0.person == person }
        guard known?.joinedAt == nil else { return Decision(order) }
        return changed(entry(.joined, nil, ["department": department.text])) { changed in
            changed.participants.removeAll { $0.person == person }
            changed.participants.append(Participant(person: person, joinedAt: now))
            changed.participants.sort { $0.person < $1.person }
        }
    }

    func accepted(_ solution: Solution, _ comment: String?) -> Decision {
        changed(entry(.accepted, comment, ["version": "\(solution.version)"])) { $0.stage = .carryingOut(solution) }
    }

    /// What the customer asks for instead is what they need now (M17).
    func declined(_ solution: Solution, _ objection: String, _ request: String?) -> Decision {
        changed(entry(.declined, objection, ["version": "\(solution.version)", "needs": request])) {
            $0.stage = .declined(solution, objection: objection, request: request)
            $0.changedNeeds = request ?? order.changedNeeds
        }
    }

    /// It stays with the customer, so to speak: a person rules, and nothing is to be drafted before.
    func disputed(_ solution: Solution, _ objection: String, _ request: String?) -> Decision {
        changed(entry(.disputed, objection, ["version": "\(solution.version)", "needs": request])) {
            $0.changedNeeds = request ?? order.changedNeeds
        }
    }

    /// 裁定
    func ruled(_ solution: Solution, _ verdict: RulingVerdict, _ reason: String) -> Decision {
        changed(entry(.ruled, reason, ["version": "\(solution.version)", "verdict": verdict.rawValue])) {
            switch verdict {
            case .carryOut: $0.stage = .carryingOut(solution)
            case .revise: $0.stage = .declined(solution, objection: reason, request: order.stage.request)
            case .close: break
            }
        }
    }

    func reworkOrdered(_ round: Int, _ reason: String) -> Decision {
        changed(entry(.reworkOrdered, reason, ["round": "\(round)"])) {
            $0.stage = .investigating
            $0.round = round
            $0.plan = nil
            $0.investigation = nil
            $0.reworkReason = reason
        }
    }
}

extension WorkOrder {
    /// Who confirmed taking part has not to do so again because the case was assigned once more.
    fileprivate mutating func keepParticipation(of earlier: WorkOrder) {
        for joined in earlier.participants where joined.joinedAt != nil {
            participants.removeAll { $0.person == joined.person }
            participants.append(joined)
        }
        participants.sort { $0.person < $1.person }
    }
}
