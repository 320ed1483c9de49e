import Contracts
import Procedure

/// What a department is told about a case besides where it stands: the limits of its authority with the levels above it
/// (M14, M15, K19, S07), the group that handles a grave complaint together (K08–K10), and what the departments are called.
extension ComplaintRecord {
    /// The complaint with what was decided about it, as the pack's further decisions ask for it.
    func graded(by pack: PolicyPack) -> GradedComplaint {
        pack.graded(
            complaint, category: category, severity: severity ?? .general, urgency: urgency,
            course: CourseSoFar(returns: file.returns, reworks: file.round - 1))
    }

    /// For whose eyes it is (M18, W21); absent for everybody's. Besides those whom the pack names, whoever is first
    /// responsible and the head of the department that leads have to see it.
    func audience(by pack: PolicyPack) -> Audience? {
        let graded = pack.graded(
            complaint, category: category ?? pack.categorise(complaint)?.category.id, severity: severity ?? .general,
            urgency: urgency, importance: importance)
        let head = handling.flatMap { pack.department($0.lead)?.head }
        return pack.audience(of: graded, givenTo: [owner, head])
    }

    /// Notes whether it is for everybody's eyes, as far as is known by now.
    mutating func noteRestriction(by pack: PolicyPack) { isRestricted = audience(by: pack) != nil }

    /// The group, as the complaint is really assigned: a person may have chosen other departments than the rule names,
    /// and nobody is waited for whose department has no case.
    func group(_ handling: Handling, by pack: PolicyPack) -> HandlingGroup? {
        guard
            var group = pack.group(
                for: graded(by: pack), department: handling.lead, assisting: handling.assisting)
        else { return nil }
        let heads = handling.holders.compactMap { pack.department($0)?.head }
        group.lead = handling.lead
        group.leader = pack.department(handling.lead)?.head ?? group.leader
        group.assisting = handling.assisting
        if !group.confirmations.isEmpty {
            group.confirmations = heads.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        if group.presentsWith == handling.lead { group.presentsWith = nil }
        return group
    }

    /// By department's id, for everybody of the assignment.
    func titles(_ handling: Handling, _ group: HandlingGroup?, by pack: PolicyPack) -> [String: LocalizedText] {
        (handling.holders + [group?.presentsWith].compactMap(\.self)).reduce(into: [:]) { titles, id in
            titles[id.text] = pack.department(id)?.title
        }
    }
}
