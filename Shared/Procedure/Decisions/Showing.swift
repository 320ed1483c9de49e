import Contracts

// Who sees what (M18, W21), and what a step is called in the document's own words.

extension PolicyPack {
    /// What is masked for somebody with these roles; of several roles the one that sees most decides.
    package func masks(for roles: Set<StaffRole>) -> Set<PersonalField> {
        guard let privacy else { return [] }
        return PersonalField.masked(forRoles: roles.compactMap { privacy.masks[$0] })
    }

    /// Why somebody with these roles may not see a complaint at all; nil when they may.
    package func refusalToShow(_ graded: GradedComplaint, to roles: Set<StaffRole>) -> Explanation? {
        guard let confidential = privacy?.confidential, confidential.roles.isDisjoint(with: roles),
            let findings = confidential.when.met(by: facts(graded))
        else { return nil }
        let title = LocalizedText(zhHans: "保密投诉", en: "A confidential complaint")
        return explanation("privacy.confidential", title, findings: findings)
    }

    /// The terms of a protected report (W21) and why it is one; nil when the reporter needs no protection.
    package func protection(of complaint: Complaint) -> (terms: PrivacyTerms.Protected, because: Explanation)? {
        guard let protected = privacy?.protected, let findings = protected.when.met(by: facts(complaint)) else {
            return nil
        }
        let title = LocalizedText(zhHans: "举报人受保护", en: "The reporter is protected")
        return (protected, explanation("privacy.protected", title, findings: findings))
    }

    /// The document's steps that an event belongs to, in the document's order.
    package func steps(of event: String) -> [ProcedureStep] { steps.filter { $0.events.contains(event) } }
}
