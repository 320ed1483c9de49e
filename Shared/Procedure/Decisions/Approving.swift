import Contracts

// Who must approve a solution before the customer hears of it (M15, K19, S07), and what nobody may offer (M14).
//
// The pack's conditions on the complaint are decided by Routing when the case is assigned; what they leave travels with
// the case as `Authority`. The department decides the rest from the solution alone, without reading a pack.

extension PolicyPack {
    /// What may be offered in a case, and whose approval it takes.
    package func authority(for graded: GradedComplaint) -> Authority {
        var authority = authority(for: graded.severity)
        guard let approvals, let first = approvals.levels.first else { return authority }
        let facts = facts(graded)
        var stages = Self.stages(of: authority, severity: graded.severity, title: title(of: graded.severity), first)
        for requirement in approvals.requirements {
            guard let findings = requirement.when.map({ $0.met(by: facts) }) ?? ConditionFindings() else { continue }
            let because = explanation("approval.\(requirement.id)", requirement.title, findings: findings)
            let isUnconditional = requirement.compensationAbove == nil && requirement.remedies.isEmpty
            stages += requirement.levels.map { level in
                ApprovalStage(
                    level: level.id, title: level.title, approver: level.approver, signature: level.signature,
                    always: isUnconditional, compensationAbove: requirement.compensationAbove,
                    remedies: requirement.remedies, because: because)
            }
        }
        let order = approvals.levels.map(\.id)
        authority.stages = order.flatMap { level in stages.filter { $0.level == level } }
        return authority
    }

    /// What the section `authority` asks of the first level.
    private static func stages(
        of authority: Authority, severity: Severity, title: LocalizedText, _ level: ApprovalLevel
    ) -> [ApprovalStage] {
        func stage(always: Bool, above: Money?, _ text: LocalizedText) -> ApprovalStage {
            ApprovalStage(
                level: level.id, title: level.title, approver: level.approver, signature: level.signature,
                always: always, compensationAbove: above,
                because: Explanation(
                    rule: "authority.\(severity.rawValue)", text: text, facts: ["severity": severity.rawValue]))
        }
        var stages: [ApprovalStage] = []
        if authority.approvalRequired {
            let text = LocalizedText(
                zhHans: "\(title.zhHans)的处理方案须经审批", en: "every solution of this severity (\(title.en)) needs approval")
            stages.append(stage(always: true, above: nil, text))
        }
        if let limit = authority.compensationLimit {
            let text = LocalizedText(
                zhHans: "\(title.zhHans)的经办权限为 \(limit)", en: "a handler may offer \(limit) (\(title.en))")
            stages.append(stage(always: false, above: limit, text))
        }
        return stages
    }
}

/// Whether a solution may be offered, and who must approve it first.
package enum ApprovalDecision: Hashable, Sendable {
    /// Nobody may offer it: its compensation is above the company's standard.
    case notAllowed(standard: Money, Explanation)
    /// It may be put to the customer as it is.
    case free(Explanation)
    /// These must approve it, in this order.
    case needed([ApprovalNeed])
}

/// One approval that a solution needs.
package struct ApprovalNeed: Hashable, Sendable {
    /// The level's id in the pack; `head` where the pack has no levels.
    package var level: String
    package var title: LocalizedText
    /// A sign-in name; absent: the head of the department that drafted it.
    package var approver: String?
    package var signature: Bool
    package var because: [Explanation]

    /// True when a person may give this approval: the one whose it is, and never who drafted the solution.
    ///
    /// - Parameter head: The head of the department that drafted.
    package func mayBeGiven(by person: String, head: String, drafter: String) -> Bool {
        person != drafter && person == (approver ?? head)
    }
}

extension Authority {
    /// Decides on a solution with a compensation and remedies.
    package func decide(compensation: Money?, remedies: [Remedy] = []) -> ApprovalDecision {
        if let compensation, let standard = compensationStandard, compensation > standard {
            let text = LocalizedText(
                zhHans: "补偿金额 \(compensation) 超出公司规定的标准 \(standard)，不得提出",
                en: "Nobody may offer \(compensation): the company's standard is \(standard)")
            let because = Explanation(
                rule: "authority.compensationStandard", text: text,
                facts: ["compensation": compensation.text, "standard": standard.text])
            return .notAllowed(standard: standard, because)
        }
        var needs: [ApprovalNeed] = []
        for stage in stages ?? implied {
            guard let because = stage.reason(compensation: compensation, remedies: remedies) else { continue }
            if let index = needs.firstIndex(where: { $0.level == stage.level }) {
                needs[index].because.append(because)
            } else {
                needs.append(
                    ApprovalNeed(
                        level: stage.level, title: stage.title, approver: stage.approver, signature: stage.signature,
                        because: [because]))
            }
        }
        guard needs.isEmpty else { return .needed(needs) }
        let text = LocalizedText(zhHans: "在经办权限之内，无须审批", en: "Within the handler's authority: no approval is needed")
        return .free(Explanation(rule: "authority", text: text, facts: ["compensation": compensation?.text ?? "—"]))
    }

    /// The head's approval, where no levels came with the case.
    private var implied: [ApprovalStage] {
        let title = LocalizedText(zhHans: "部门负责人", en: "Head of department")
        func stage(always: Bool, above: Money?, _ zhHans: String, _ english: String) -> ApprovalStage {
            ApprovalStage(
                level: "head", title: title, always: always, compensationAbove: above,
                because: Explanation(rule: "authority", text: LocalizedText(zhHans: zhHans, en: english)))
        }
        let always = stage(
            always: true, above: nil, "此类投诉的处理方案须经部门负责人审批",
            "every solution of this complaint needs the head's approval")
        let above = compensationLimit.map {
            stage(always: false, above: $0, "经办权限为 \($0)", "a handler may offer \($0)")
        }
        return (approvalRequired ? [always] : []) + (above.map { [$0] } ?? [])
    }
}

extension ApprovalStage {
    /// Why a solution needs this level; nil when it does not.
    fileprivate func reason(compensation: Money?, remedies offered: [Remedy]) -> Explanation? {
        var reason = because
        if let compensation, let bound = compensationAbove, compensation > bound {
            reason.facts["compensation"] = compensation.text
            reason.text.zhHans += "；补偿金额 \(compensation) 超过 \(bound)"
            reason.text.en += "; the compensation of \(compensation) is more than \(bound)"
            return reason
        }
        if let remedy = offered.first(where: remedies.contains) {
            reason.facts["remedy"] = remedy.rawValue
            reason.text.zhHans += "；处理方式为\(remedy.title.zhHans)"
            reason.text.en += "; the remedy is \(remedy.title.en)"
            return reason
        }
        return always ? reason : nil
    }
}
