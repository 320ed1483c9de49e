import Contracts

extension PolicyPack {
    /// The group that handles a complaint together (K08–K10); nil when one department does.
    ///
    /// - Parameters:
    ///   - department: Responsible by the assignment; leads unless the rule names another.
    ///   - assisting: Assist by the assignment.
    package func group(
        for graded: GradedComplaint, department: DepartmentID, assisting: [DepartmentID]
    ) -> HandlingGroup? {
        let facts = facts(graded)
        for rule in groups {
            guard let findings = rule.when.met(by: facts) else { continue }
            let lead = rule.lead ?? department
            let others = ([department] + assisting + rule.assisting).reduce(into: [DepartmentID]()) {
                if $1 != lead, !$0.contains($1) { $0.append($1) }
            }
            var because = [explanation("groups.\(rule.id)", rule.title, findings: findings)]
            let management = management(of: rule, facts)
            because += management.because
            return HandlingGroup(
                rule: rule.id, title: rule.title, lead: lead, leader: head(of: lead), assisting: others,
                opinionsOwed: rule.opinionsOwed,
                confirmations: rule.headsConfirm ? unique(([lead] + others).map(head)) : [],
                management: management.who, presentsWith: rule.presentsWith == lead ? nil : rule.presentsWith,
                verifiesOnSite: rule.verifiesOnSite, analysesCause: rule.analysesCause, because: because)
        }
        return nil
    }

    /// Top management that takes part, and why (必要时由总经办及高层领导参加).
    private func management(of rule: GroupRule, _ facts: ComplaintFacts) -> (who: [String], because: [Explanation]) {
        guard !rule.management.isEmpty else { return ([], []) }
        guard let when = rule.managementWhen else { return (rule.management, []) }
        guard let findings = when.met(by: facts) else { return ([], []) }
        let title = LocalizedText(zhHans: "高层领导参加", en: "Top management takes part")
        return (rule.management, [explanation("groups.\(rule.id).management", title, findings: findings)])
    }

    private func head(of department: DepartmentID) -> String { self.department(department)?.head ?? "" }

    private func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
    }
}

/// An emergency: who is told at once, before the normal course goes on (S04, W05).
package struct EmergencyCall: Hashable, Sendable {
    package var team: DepartmentID
    /// What the team does first.
    package var measures: LocalizedText
    package var because: Explanation
}

extension PolicyPack {
    /// The emergency procedure, when the complaint starts it.
    package func emergency(for graded: GradedComplaint) -> EmergencyCall? {
        guard let emergency, let findings = emergency.when.met(by: facts(graded)) else { return nil }
        return EmergencyCall(
            team: emergency.team, measures: emergency.measures,
            because: explanation("emergency", emergency.title, findings: findings))
    }
}
