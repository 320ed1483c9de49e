import Contracts

/// What a member of staff may do, as everywhere in the product.
package enum StaffRole: String, Sendable, CaseIterable {
    case agent, coordinator, handler, head, caller, supervisor, manager
    case `operator`
}

/// Who sees what (M18, W21).
package struct PrivacyTerms: Sendable, Hashable {
    /// What each role sees masked; a role that is not named sees everything masked.
    package var masks: [StaffRole: Set<PersonalField>]
    /// Confidential cases: only these roles see them at all.
    package var confidential: Confidential?
    /// Reports of misconduct, whose reporter's identity stays with Intake (W21).
    package var protected: Protected?

    package struct Confidential: Sendable, Hashable {
        package var when: Condition
        package var roles: Set<StaffRole>
    }

    package struct Protected: Sendable, Hashable {
        package var when: Condition
        /// Who may open the reporter's identity, with a reason that is logged.
        package var opens: Set<StaffRole>
        /// Who handles such reports.
        package var department: DepartmentID
    }
}

/// How long personal data are kept after the complaint's end; statistics stay (M18).
package struct RetentionTerms: Sendable, Hashable {
    package var personalData: Span
    package var evidence: Span

    /// Calendar time: `18 months` after 31 August is the end of February.
    package struct Span: Sendable, Hashable {
        package var count: Int
        package var unit: Unit

        package enum Unit: String, Sendable, CaseIterable {
            case days, months, years
        }

        /// Reads `90 days`, `18 months`, `3 years`, and the singular for one.
        package init?(_ text: String) {
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 2, let count = Int(words[0]), (1...10_000).contains(count) else { return nil }
            let plural = words[1].hasSuffix("s") ? words[1] : words[1] + "s"
            guard let unit = Unit(rawValue: plural) else { return nil }
            self.count = count
            self.unit = unit
        }
    }
}
