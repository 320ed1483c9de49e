import Contracts
import Foundation
import Procedure

/// The steps that people take, each from an order to a decision. Whether a step is allowed has been settled before.
struct PersonsStep {
    let order: WorkOrder
    let actor: Actor
    let now: Date

    init(order: WorkOrder, by actor: Actor, at now: Date) {
        self.order = order
        self.actor = actor
        self.now = now
    }

    /// The order in its next stage, with one line of history.
    func moved(to stage: WorkStage, _ entry: HistoryEntry, says events: [any Event]) -> Decision {
        var decision = Decision(order)
        decision.order.stage = stage
        decision.history = [entry]
        decision.says = events
        return decision
    }

    func entry(
        _ kind: HistoryEntry.Kind, _ text: String? = nil, _ facts: [String: String] = [:]
    ) -> HistoryEntry {
        HistoryEntry(kind, at: now, by: actor, text: text, facts: facts)
    }

    func acknowledged() -> Decision {
        var decision = moved(
            to: order.role == .lead ? .investigating : .opinionDue, entry(.acknowledged),
            says: [
                CaseAcknowledged(department: order.department, assignment: order.assignment.assignment, by: actor)
            ])
        decision.order.acknowledgedAt = now
        return decision
    }

    func returned(_ reason: String) -> Decision {
        moved(
            to: .returned(reason: reason), entry(.returned, reason),
            says: [
                CaseReturned(
                    department: order.department, assignment: order.assignment.assignment, reason: reason, by: actor)
            ])
    }

    func investigated(_ found: Investigation.Findings) throws(Rejection) -> Decision {
        guard order.investigation?.found != found else { return Decision(order) }
        if order.assignment.group?.verifiesOnSite == true, found.siteVisit == nil { throw .siteVisitMissing }
        var facts = [
            "directCause": found.directCause, "rootCause": found.rootCause, "responsibility": found.responsibility,
        ]
        facts["siteVisit"] = found.siteVisit.map { "\($0.place), \($0.people)" }
        // A refused or declined solution still has to be answered: what is found then does not move the order.
        let stage = order.stage.solution == nil ? WorkStage.investigated : order.stage
        var decision = moved(
            to: stage, entry(.investigated, found.findings, facts), says: [order.saying(found, by: actor)])
        decision.order.investigation = Investigation(found: found, by: actor, at: now)
        return decision
    }

    func drafted(_ draft: SolutionDraft) throws(Rejection) -> Decision {
        guard order.missingOpinions.isEmpty else { throw .opinionsMissing(order.missingOpinions) }
        guard order.missingParticipants.isEmpty else { throw .participantsMissing(order.missingParticipants) }
        let needs = try ApprovalRule.needs(
            compensation: draft.compensation, remedies: draft.remedies ?? [], under: order.assignment.authority)
        let solution = Solution(
            version: order.nextVersion, measures: draft.measures, compensation: draft.compensation,
            completionDue: draft.completionDue, grounds: draft.grounds, draftedBy: actor.name ?? "", draftedAt: now,
            remedies: draft.remedies, number: order.nextNumber)
        var decision = needs.isEmpty ? proposed(solution) : awaiting(needs, for: solution)
        decision.order.nextVersion += 1
        decision.order.nextNumber += 1
        return decision
    }

    private func awaiting(_ needs: [ApprovalNeed], for solution: Solution) -> Decision {
        let reasons = ApprovalRule.words(needs)
        let words = "\(reasons.zhHans) / \(reasons.en)"
        return moved(
            to: .awaitingApproval(solution, needs: words), entry(.drafted, solution.measures, facts(of: solution)),
            says: [
                SolutionDrafted(
                    department: order.department, solution: solution, needs: words, approvals: needs.map(\.request))
            ])
    }

    func proposed(_ solution: Solution) -> Decision {
        moved(
            to: .proposed(solution), entry(.proposed, solution.measures, facts(of: solution)),
            says: [
                SolutionProposed(
                    department: order.department, departmentTitle: order.assignment.departmentTitle,
                    round: order.round, solution: solution, presentation: order.presentation)
            ])
    }

    private func facts(of solution: Solution) -> [String: String] {
        var facts = ["version": "\(solution.version)", "completionDue": RFC3339.text(solution.completionDue)]
        facts["compensation"] = solution.compensation?.text
        if let remedies = solution.remedies, !remedies.isEmpty {
            facts["remedies"] = remedies.map(\.rawValue).joined(separator: ",")
        }
        return facts
    }

    func completed(_ solution: Solution, at done: Date) -> Decision {
        let facts = ["version": "\(solution.version)", "completedAt": RFC3339.text(done)]
        return moved(
            to: .carryingOut(solution, done: done), entry(.completed, nil, facts),
            says: [completion(solution, at: done)])
    }

    private func completion(_ solution: Solution, at done: Date) -> SolutionCompleted {
        SolutionCompleted(
            department: order.department, version: solution.version, round: order.round, completedAt: done, by: actor)
    }

    /// - Parameter isKnown: that the work was said to be done before; otherwise the report says both.
    func implemented(_ solution: Solution, _ implementation: Implementation, isKnown: Bool) -> Decision {
        let event = SolutionImplemented(
            department: order.department, version: solution.version, round: order.round,
            outcome: implementation.outcome, completedAt: implementation.completedAt, by: actor)
        let facts = ["version": "\(solution.version)", "completedAt": RFC3339.text(implementation.completedAt)]
        return moved(
            to: .implemented(solution, implementation), entry(.implemented, implementation.outcome, facts),
            says: (isKnown ? [] : [completion(solution, at: implementation.completedAt)]) + [event])
    }

    func reported(_ note: String, _ expectedBy: Date?, _ needs: String?) -> Decision {
        let progress = Progress(note: note, expectedBy: expectedBy, by: actor)
        guard order.latestProgress != progress || needs.map({ $0 != order.changedNeeds }) ?? false else {
            return Decision(order)
        }
        var facts: [String: String] = [:]
        facts["expectedBy"] = expectedBy.map(RFC3339.text)
        facts["needs"] = needs
        var decision = moved(
            to: order.stage, entry(.progressed, note, facts),
            says: [
                CaseProgressed(
                    department: order.department, note: note, expectedBy: expectedBy, by: actor, needs: needs)
            ])
        decision.order.latestProgress = progress
        decision.order.changedNeeds = needs ?? order.changedNeeds
        return decision
    }

    func asked(_ question: String) -> Decision {
        guard !order.questions.contains(where: { $0.answer == nil && $0.question == question }) else {
            return Decision(order)
        }
        let request = (order.questions.last?.request ?? 0) + 1
        var decision = moved(
            to: order.stage, entry(.asked, question, ["request": "\(request)"]),
            says: [
                InformationRequested(department: order.department, request: request, question: question, by: actor)
            ])
        decision.order.questions.append(
            CustomerQuestion(request: request, question: question, by: actor, askedAt: now))
        return decision
    }

    func consulted(_ department: DepartmentID, _ question: String) throws(Rejection) -> Decision {
        guard let index = order.opinions.firstIndex(where: { $0.department == department }) else {
            throw .notAssisting(department)
        }
        let open = order.opinions[index]
        if open.text == nil, open.question == question { return Decision(order) }
        var decision = moved(
            to: order.stage, entry(.opinionRequested, question, ["department": department.text]),
            says: [
                OpinionRequested(department: department, lead: order.department, question: question, by: actor)
            ])
        decision.order.opinions[index] = Opinion(department: department, question: question)
        return decision
    }

    func advised(_ opinion: String) -> Decision {
        moved(
            to: .opinionGiven(opinion), entry(.opinionGiven, opinion),
            says: [
                OpinionGiven(
                    department: order.department, lead: order.assignment.lead, opinion: opinion, by: actor)
            ])
    }
}
