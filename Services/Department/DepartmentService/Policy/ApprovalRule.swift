import Contracts
import Procedure

/// Whose approval a solution needs before the customer hears of it (M15, K19, S07), and what nobody may offer (M14). The
/// limits and levels come with the case; the pack's own decision says what they mean for a solution.
enum ApprovalRule {
    /// The approvals that a solution needs, in the order of the levels; none when it may be proposed as it is.
    /// - Throws: `Rejection.aboveStandard` for a compensation that nobody may offer.
    static func needs(
        compensation: Money?, remedies: [Remedy], under authority: Authority
    ) throws(Rejection) -> [ApprovalNeed] {
        switch authority.decide(compensation: compensation, remedies: remedies) {
        case .notAllowed(let standard, _): throw .aboveStandard(standard)
        case .free: return []
        case .needed(let needs): return needs
        }
    }

    /// The approvals that are still missing, the next one first.
    static func pending(_ solution: Solution, under authority: Authority) -> [ApprovalNeed] {
        let given = Set((solution.approvals ?? []).map(\.level))
        let needs = try? needs(
            compensation: solution.compensation, remedies: solution.remedies ?? [], under: authority)
        return (needs ?? []).filter { !given.contains($0.level) }
    }

    /// Why a solution needs approval, in both languages.
    static func words(_ needs: [ApprovalNeed]) -> LocalizedText {
        let reasons = needs.flatMap(\.because).reduce(into: [LocalizedText]()) { reasons, because in
            if !reasons.contains(because.text) { reasons.append(because.text) }
        }
        return LocalizedText(
            zhHans: reasons.map(\.zhHans).joined(separator: "；"), en: reasons.map(\.en).joined(separator: "; "))
    }
}

extension ApprovalNeed {
    /// As messages say it.
    var request: ApprovalRequest {
        ApprovalRequest(level: level, title: title, approver: approver, signature: signature)
    }
}

/// How somebody approves or refuses a solution.
package struct ApprovalVote: Hashable, Sendable {
    /// The version that was looked at; nil: whichever stands.
    package var version: Int?
    /// The level that is decided on; nil: the one whose turn it is.
    package var level: String?
    /// The name that was signed with (审批签字).
    package var signature: String?
    /// True for who heads the department, or stands above its head.
    package var isHead: Bool
    /// True for who only stands above the head, and stands in for them.
    package var standsIn: Bool

    package init(
        version: Int? = nil, level: String? = nil, signature: String? = nil, isHead: Bool, standsIn: Bool = false
    ) {
        self.version = version
        self.level = level
        self.signature = signature
        self.isHead = isHead
        self.standsIn = standsIn
    }

    /// True when it is theirs to give: the one whom the level names, or else who heads the department. Whoever has to decide
    /// on a higher level does not stand in for the head on a lower one: two levels are two people (K19).
    ///
    /// - Parameter pending: every level that is still to decide.
    func mayGive(_ need: ApprovalNeed, as person: String?, among pending: [ApprovalNeed]) -> Bool {
        if let approver = need.approver { return approver == person }
        return isHead && !(standsIn && pending.contains { $0.approver == person })
    }

    /// True when this person has given it to a solution that was approved since: a repetition.
    func wasGiven(to solution: Solution, by person: String?) -> Bool {
        isAbout(solution)
            && (solution.approvals ?? []).contains { $0.by == person && (level == nil || level == $0.level) }
    }

    /// True when it is about this version.
    func isAbout(_ solution: Solution) -> Bool { version == nil || version == solution.version }
}
