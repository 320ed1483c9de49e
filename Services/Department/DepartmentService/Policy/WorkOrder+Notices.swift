import Contracts
import Foundation

extension WorkOrder {
    /// A work order for a complaint that this department has not had before.
    ///
    /// - Parameter saidAt: when Routing gave it, by its own clock; nil: now.
    package static func opened(
        _ number: TicketNumber, _ assignment: CaseAssigned, at now: Date, saidAt: Date? = nil
    ) -> Decision {
        let order = WorkOrder(
            number: number, assignment: assignment, assignedAt: now, stage: .assigned, round: assignment.round,
            nextVersion: assignment.nextSolutionVersion, nextNumber: assignment.nextNumber, questions: [],
            opinions: assignment.assistingForLead.map { Opinion(department: $0) }
                .sorted { $0.department.text < $1.department.text },
            participants: assignment.participants.sorted().map { Participant(person: $0) }, urgings: 0)
        var decision = Decision(order)
        decision.history = [assignment.entry(at: now)]
        return decision.hearing(.assigned(assignment), at: saidAt ?? now)
    }

    /// What becomes of the order when another service says something.
    ///
    /// Every pair of notice and stage is here. What is about an earlier assignment, version or round, or was heard
    /// before, changes nothing: delivery is at least once, and retries change the order of messages.
    ///
    /// - Parameter saidAt: when it happened, by the clock of whoever says so; nil: now.
    /// - Throws: `Premature` for what can only follow something that has not been heard of yet.
    package func decide(
        _ notice: WorkNotice, by actor: Actor, at now: Date, saidAt: Date? = nil
    ) throws(Premature) -> Decision {
        try follow(notice, by: actor, at: now).hearing(notice, at: saidAt ?? now)
    }

    private func follow(_ notice: WorkNotice, by actor: Actor, at now: Date) throws(Premature) -> Decision {
        let turn = NewsTurn(order: self, by: actor, at: now)
        switch (notice, stage) {
        case (.assigned(let newer), _):
            return newer.assignment > assignment.assignment ? turn.assignedAgain(newer) : Decision(self)
        case (.answered(let request, let answer), _):
            return try turn.answered(request, answer)
        case (.cancelled(let which, _), _) where which > assignment.assignment:
            throw Premature("assignment \(which) of \(number) was cancelled but has not come yet")
        case (.advised(let department, let opinion), .closed), (.advised(let department, let opinion), .returned),
            (.advised(let department, let opinion), .cancelled):
            // Whichever was on the wire first, the record ends with both, and the end stands.
            return role == .lead ? try turn.advised(department, opinion) : Decision(self)
        case (.joined(let department, let person), .closed), (.joined(let department, let person), .returned),
            (.joined(let department, let person), .cancelled):
            return role == .lead ? try turn.joined(department, person) : Decision(self)
        case (.closed(let outcome, let satisfaction), .cancelled(.merged)),
            (.closed(let outcome, let satisfaction), .cancelled(.withdrawn)):
            // Callback closed it before it heard of the other end, and what it has closed is closed.
            return turn.closed(outcome, satisfaction)
        case (_, .closed), (_, .returned), (_, .cancelled):
            return Decision(self)

        case (.cancelled(let which, let reason), _):
            return which == assignment.assignment ? turn.cancelled(reason) : Decision(self)
        case (.closed(let outcome, let satisfaction), _):
            return turn.closed(outcome, satisfaction)
        case (.urged(let clock, let comment, let text), _):
            return turn.urged(clock, comment, text)
        case (.escalated(let level, let reason, let clock, let title, let text), _):
            return turn.escalated(title.map(TwoLanguages.joined) ?? level, reason, clock, text)
        case (.deadlineMoved(let deadline, _, .some), _):
            return turn.deadlineStopped(deadline)
        case (.deadlineMoved(let deadline, .some(let event), nil), _):
            return turn.deadlineStarted(deadline, by: event)
        case (.deadlineMoved(let deadline, nil, nil), _):
            return turn.deadlineMoved(deadline)

        case (.consulted(let question), .opinionDue), (.consulted(let question), .opinionGiven):
            return turn.consulted(question)
        case (.consulted(let question), .assigned) where role == .assisting:
            return turn.consulted(question)
        case (.consulted, _):
            return Decision(self)
        case (.advised(let department, let opinion), _):
            return try turn.advised(department, opinion)
        case (.joined(let department, let person), _):
            return try turn.joined(department, person)

        case (.accepted(let version, let comment), .proposed(let solution)) where version == solution.version:
            return turn.accepted(solution, comment)
        case (.declined(let version, let objection, let request), .proposed(let solution))
        where version == solution.version:
            return turn.declined(solution, objection, request)
        case (.disputed(let version, let objection, let request), .proposed(let solution))
        where version == solution.version:
            return turn.disputed(solution, objection, request)
        case (.ruled(let version, let verdict, let reason), .proposed(let solution)) where version == solution.version,
            (.ruled(let version, let verdict, let reason), .declined(let solution, _, _))
        where version == solution.version:
            return turn.ruled(solution, verdict, reason)
        case (.accepted(let version, _), _), (.declined(let version, _, _), _), (.disputed(let version, _, _), _),
            (.ruled(let version, _, _), _):
            guard version < nextVersion else {
                throw Premature("the customer answered version \(version) of \(number), which is not known here")
            }
            return Decision(self)
        case (.reworkOrdered(let next, _), _) where next <= round:
            return Decision(self)
        case (.reworkOrdered(let next, let reason), .implemented) where next == round + 1:
            return turn.reworkOrdered(next, reason)
        case (.reworkOrdered(let next, _), _):
            throw Premature("round \(next) of \(number) was ordered, but round \(round) is at \(state.rawValue)")
        }
    }
}

extension CaseAssigned {
    /// The departments whose opinion this department waits for.
    fileprivate var assistingForLead: [DepartmentID] { role == .lead ? assisting.filter { $0 != department } : [] }

    /// Who has to take part: everybody for the lead, and for an assisting department its head (K08). The others confirm
    /// on their own departments' pages.
    fileprivate var participants: [String] {
        guard let group else { return [] }
        switch role {
        case .lead:
            return (group.confirmations + group.management).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        case .assisting: return [head].compactMap(\.self).filter(group.confirmations.contains)
        }
    }

    /// What the next solution is called.
    var nextNumber: Int { nextSolutionNumber ?? nextSolutionVersion }

    fileprivate func entry(at now: Date) -> HistoryEntry {
        HistoryEntry(
            .assigned, at: now, by: by, text: reason,
            facts: ["assignment": "\(assignment)", "role": role.rawValue, "severity": severity.rawValue])
    }
}
