import Contracts

extension PolicyPackReader {
    /// Emergency procedure, approval, groups and raising.
    func readDecisionSections(_ pack: YAMLMapping, into result: inout PolicyPack) {
        result.emergency = pack.optional("emergency").flatMap(readEmergency)
        result.approvals = pack.optional("approval").flatMap(readApprovals)
        result.groups = pack.optional("groups")?.list(readGroup) ?? []
        result.raising = pack.optional("raising")?.list(readRaising) ?? []
    }

    private func readEmergency(_ value: YAMLValue) -> EmergencyProcedure? {
        guard let mapping = value.mapping(["title", "when", "team", "measures"]) else { return nil }
        let title = mapping.required("title")?.localized()
        let when = mapping.required("when")?.condition(when: .graded)
        let team = mapping.required("team")?.department()
        let measures = mapping.required("measures")?.localized()
        guard let title, let when, let team, let measures else { return nil }
        return EmergencyProcedure(title: title, when: when, team: team, measures: measures)
    }

    private func readApprovals(_ value: YAMLValue) -> Approvals? {
        guard let mapping = value.mapping(["levels", "rules"]) else { return nil }
        let members = mapping.required("levels")?.list { member in readLevel(member).map { (member, $0) } } ?? []
        let levels = members.map(\.1)
        let requirements = mapping.optional("rules")?.list { readRequirement($0, levels: levels) } ?? []
        for (member, level) in members.dropFirst() where !requirements.contains(where: { $0.levels.contains(level) }) {
            member.report("the level '\(level.id)' is never reached: no rule asks for it")
        }
        return Approvals(levels: levels, requirements: requirements)
    }

    private func readLevel(_ value: YAMLValue) -> ApprovalLevel? {
        guard let mapping = value.mapping(["id", "title", "approver", "signature"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .approvalLevel)
        let title = mapping.required("title")?.localized()
        let approver = mapping.required("approver")?.text()
        let signature = mapping.optional("signature")?.boolean()
        guard let id, let title, let approver else { return nil }
        return ApprovalLevel(
            id: id, title: title, approver: approver == "head" ? nil : approver, signature: signature ?? false)
    }

    private func readRequirement(_ value: YAMLValue, levels: [ApprovalLevel]) -> ApprovalRequirement? {
        let keys = ["id", "title", "when", "compensationAbove", "remedies", "levels"]
        guard let mapping = value.mapping(keys) else { return nil }
        let id = mapping.required("id")?.identifier(of: .approvalRule)
        let title = mapping.required("title")?.localized()
        let when = mapping.optional("when")?.condition(when: .graded)
        let above = mapping.optional("compensationAbove")?.money()
        let remedies = mapping.optional("remedies")?.list { $0.choice(Remedy.self) }
        let named = mapping.required("levels")?.list { $0.reference(to: .approvalLevel) } ?? []
        if mapping.entries.keys.allSatisfy({ !["when", "compensationAbove", "remedies"].contains($0) }) {
            value.report("the rule has no 'when', no 'compensationAbove' and no 'remedies': it would always be met")
        }
        guard let id, let title else { return nil }
        return ApprovalRequirement(
            id: id, title: title, when: when, compensationAbove: above, remedies: remedies ?? [],
            levels: levels.filter { named.contains($0.id) })
    }

    private func readGroup(_ value: YAMLValue) -> GroupRule? {
        let keys = [
            "id", "title", "when", "lead", "assisting", "opinions", "headsConfirm", "management", "presentsWith",
            "onSite", "causes",
        ]
        guard let mapping = value.mapping(keys) else { return nil }
        let id = mapping.required("id")?.identifier(of: .group)
        let title = mapping.required("title")?.localized()
        let when = mapping.required("when")?.condition(when: .graded)
        let lead = mapping.optional("lead")?.department()
        let assisting = mapping.optional("assisting")?.list { $0.department() } ?? []
        if let lead, assisting.contains(lead) { value.report("'\(lead)' leads the group and cannot assist itself") }
        let management = mapping.optional("management")?.mapping(["who", "when"])
        let who = management?.required("who")?.list { $0.text() }
        let managementWhen = management?.optional("when")?.condition(when: .handled)
        let flags = ["opinions", "headsConfirm", "onSite", "causes"].map { mapping.optional($0)?.boolean() ?? false }
        guard let id, let title, let when else { return nil }
        return GroupRule(
            id: id, title: title, when: when, lead: lead, assisting: assisting, opinionsOwed: flags[0],
            headsConfirm: flags[1], management: who ?? [], managementWhen: managementWhen,
            presentsWith: mapping.optional("presentsWith")?.department(), verifiesOnSite: flags[2],
            analysesCause: flags[3])
    }

    private func readRaising(_ value: YAMLValue) -> RaisingRule? {
        let keys = ["id", "title", "when", "to", "form", "purpose", "within"]
        guard let mapping = value.mapping(keys) else { return nil }
        let id = mapping.required("id")?.identifier(of: .raising)
        let title = mapping.required("title")?.localized()
        let when = mapping.required("when")?.condition(when: .handled)
        let to = mapping.required("to")?.list { $0.recipient() }
        let form = mapping.required("form")?.choice(RaisingRule.Form.self)
        let purpose = mapping.required("purpose")?.choice(RaisingRule.Purpose.self)
        let within = mapping.required("within")?.allowance()
        guard let id, let title, let when, let to, let form, let purpose, let within else { return nil }
        return RaisingRule(
            id: id, title: title, when: when, to: to, form: form, purpose: purpose, within: within)
    }
}
