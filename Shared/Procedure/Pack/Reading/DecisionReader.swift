import Contracts

/// What a pack says about judging, grading, assigning and approving.
struct DecisionSections {
    var judgement: JudgementRules
    var grading: [GradingRule]
    var assignment: AssignmentRules
    var authority: [Severity: Authority]
}

extension PolicyPackReader {
    func readDecisions(_ pack: YAMLMapping, severities: [Severity]) -> DecisionSections? {
        let judgement = pack.required("judgement").flatMap(readJudgement)
        let grading = pack.required("grading").flatMap { readGrading($0, severities: severities) }
        let assignment = pack.required("assignment").flatMap(readAssignment)
        let authority = pack.required("authority").flatMap { readAuthority($0, severities: severities) }
        guard let judgement, let grading, let assignment, let authority else { return nil }
        return DecisionSections(
            judgement: judgement, grading: grading, assignment: assignment, authority: authority)
    }

    private func readJudgement(_ value: YAMLValue) -> JudgementRules? {
        guard let mapping = value.mapping(["desk", "valid"]) else { return nil }
        let desk = mapping.optional("desk")?.list(readRule)
        let valid = mapping.required("valid")?.list(readRule)
        return JudgementRules(desk: desk ?? [], valid: valid ?? [])
    }

    private func readRule(_ value: YAMLValue) -> NamedRule? {
        guard let mapping = value.mapping(["id", "title", "when"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .judgement)
        let title = mapping.required("title")?.localized()
        let when = mapping.required("when")?.condition(when: .recorded)
        guard let id, let title, let when else { return nil }
        return NamedRule(id: id, title: title, when: when)
    }

    private func readGrading(_ value: YAMLValue, severities: [Severity]) -> [GradingRule]? {
        var rules: [GradingRule] = []
        var isOpen = true
        let members = value.list { member -> YAMLValue? in member } ?? []
        for member in members {
            guard let rule = readGradingRule(member) else { continue }
            if !isOpen {
                member.report(
                    "never reached: the rule '\(rules.last?.id ?? "")' before it has no condition and takes everything")
            } else if let when = rule.when, let same = rules.first(where: { $0.when == when }) {
                member.report("never reached: it has the same condition as '\(same.id)'")
            }
            if isOpen { rules.append(rule) }
            if rule.when == nil { isOpen = false }
        }
        if isOpen { value.report("the last rule needs no 'when': what no rule takes would stay without a severity") }
        for severity in severities where !rules.contains(where: { $0.severity == severity }) {
            value.report("the severity '\(severity.rawValue)' is unreachable: no rule gives it")
        }
        return rules
    }

    private func readGradingRule(_ value: YAMLValue) -> GradingRule? {
        guard let mapping = value.mapping(["id", "title", "when", "severity", "urgency", "importance"]) else {
            return nil
        }
        let id = mapping.required("id")?.identifier(of: .grading)
        let title = mapping.required("title")?.localized()
        let when = mapping.optional("when")
        let condition = when?.condition(when: .categorised)
        let severity = mapping.required("severity")?.reference(to: .severity).flatMap(Severity.init)
        let urgency = mapping.required("urgency")?.choice(Urgency.self)
        let importance = mapping.optional("importance")?.choice(Importance.self)
        guard let id, let title, let severity, let urgency, (when == nil) == (condition == nil) else { return nil }
        return GradingRule(
            id: id, title: title, when: condition, severity: severity, urgency: urgency,
            importance: importance ?? Importance(of: severity))
    }

    private func readAssignment(_ value: YAMLValue) -> AssignmentRules? {
        guard let mapping = value.mapping(["automatic", "rules", "firstResponsible"]) else { return nil }
        let automatic = mapping.optional("automatic")?.condition(when: .graded)
        let rules = mapping.optional("rules")?.list(readAssignmentRule)
        let firstResponsible = mapping.optional("firstResponsible")?.department()
        return AssignmentRules(automatic: automatic, rules: rules ?? [], firstResponsible: firstResponsible)
    }

    private func readAssignmentRule(_ value: YAMLValue) -> AssignmentRule? {
        guard let mapping = value.mapping(["id", "title", "when", "department", "assisting"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .assignment)
        let title = mapping.required("title")?.localized()
        let when = mapping.required("when")?.condition(when: .graded)
        let department = mapping.optional("department")?.department()
        let assisting = mapping.optional("assisting")?.list { $0.department() } ?? []
        if mapping.optional("department") == nil, assisting.isEmpty {
            value.report("the rule names neither a 'department' nor 'assisting' departments")
        }
        if let department, assisting.contains(department) {
            value.report("'\(department)' cannot assist itself")
        }
        guard let id, let title, let when else { return nil }
        return AssignmentRule(id: id, title: title, when: when, department: department, assisting: assisting)
    }

    private func readAuthority(_ value: YAMLValue, severities: [Severity]) -> [Severity: Authority]? {
        guard let table = value.table() else { return nil }
        var authority: [Severity: Authority] = [:]
        for (key, entry) in table {
            let severity = key.reference(to: .severity).flatMap(Severity.init)
            guard let mapping = entry.mapping(["compensationLimit", "approvalRequired", "compensationStandard"]) else {
                continue
            }
            let limit = mapping.optional("compensationLimit")?.money()
            let required = mapping.required("approvalRequired")?.boolean()
            let standard = mapping.optional("compensationStandard")?.money()
            if let limit, let standard, standard < limit {
                mapping.optional("compensationLimit")?.report(
                    "\(limit) is above the standard of \(standard): it could never be offered")
            }
            guard let severity, let required else { continue }
            authority[severity] = Authority(
                compensationLimit: limit, approvalRequired: required, compensationStandard: standard)
        }
        for severity in severities where !table.contains(where: { $0.key.node.scalar?.string == severity.rawValue }) {
            value.report("'\(severity.rawValue)' is missing: nobody could say what a handler may offer")
        }
        return authority
    }
}
