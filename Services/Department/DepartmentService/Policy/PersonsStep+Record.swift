import Contracts
import Foundation

/// The record of an investigation (M11, M12, W08), and taking part in the group (K08).
extension PersonsStep {
    /// Goals, information needed, and steps, stated when the investigation starts (M11).
    func planned(_ plan: InvestigationPlan) -> Decision {
        guard order.plan != plan else { return Decision(order) }
        let facts = ["information": plan.information, "steps": plan.steps]
        return recorded(entry(.planned, plan.goals, facts)) { $0.plan = plan }
    }

    /// A piece of evidence (M12).
    func collected(_ evidence: CollectedEvidence) -> Decision {
        guard !order.evidence.contains(evidence) else { return Decision(order) }
        var facts = ["evidence": evidence.kind.rawValue, "collectedAt": RFC3339.text(evidence.collectedAt)]
        facts["shows"] = evidence.shows
        return recorded(entry(.collected, evidence.title, facts)) { $0.evidence.append(evidence) }
    }

    /// What is added after the findings is said with them once more, so that the ticket has it.
    private func recorded(_ entry: HistoryEntry, _ change: (inout WorkOrder) -> Void) -> Decision {
        var decision = moved(to: order.stage, entry, says: [])
        change(&decision.order)
        if let found = order.investigation?.found { decision.says = [decision.order.saying(found, by: actor)] }
        return decision
    }

    /// Who has to take part confirms that they do (负责人必须参加, K08).
    func joined() throws(Rejection) -> Decision {
        guard let index = order.participants.firstIndex(where: { $0.person == actor.name }) else { throw .notNamed }
        guard order.participants[index].joinedAt == nil else { return Decision(order) }
        var decision = moved(
            to: order.stage, entry(.joined),
            says: [CaseJoined(department: order.department, lead: order.assignment.lead, by: actor)])
        decision.order.participants[index].joinedAt = now
        return decision
    }
}

extension WorkOrder {
    /// The findings with everything that belongs to them.
    func saying(_ found: Investigation.Findings, by actor: Actor) -> CaseInvestigated {
        CaseInvestigated(
            department: department, round: round, findings: found.findings, directCause: found.directCause,
            rootCause: found.rootCause, responsibility: found.responsibility, by: actor, plan: plan,
            evidence: evidence.isEmpty ? nil : evidence, siteVisit: found.siteVisit)
    }

    /// Who presents the solution to the customer together (K10).
    var presentation: Presentation? {
        guard let group = assignment.group else { return nil }
        let departments = [department] + [group.presentsWith].compactMap(\.self).filter { $0 != department }
        return Presentation(
            leader: group.leader, departments: departments, titles: departments.map(assignment.title(of:)))
    }
}

extension CaseAssigned {
    /// What a department is called; its id where the assignment does not say.
    package func title(of id: DepartmentID) -> LocalizedText {
        if id == department { return departmentTitle }
        return titles?[id.text] ?? LocalizedText(zhHans: id.text, en: id.text)
    }
}
