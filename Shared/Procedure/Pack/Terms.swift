import Contracts

/// How a proposal is put to the customer (K10, K12, M16, M17, S08, S09).
package struct ConsentTerms: Sendable, Hashable {
    /// How long a proposal stays open for an answer.
    package var validity: Allowance
    /// After so many declined proposals a supervisor rules.
    package var rounds: Int
    /// Who presents it; absent: the department that drafted it.
    package var presentedBy: DepartmentID?
    /// The ways in which it may be presented.
    package var ways: [ContactWay] = [.page, .phone]
    /// What silence means when the validity and every reminder have passed.
    package var silence: Silence = .ruling
    /// So many times the customer is reminded, each with the validity again, before silence means anything.
    package var reminders: Int = 0

    /// What a customer's silence means.
    package enum Silence: String, Sendable, CaseIterable {
        /// A supervisor rules how to go on.
        case ruling
        /// The customer agrees; only for a pack that tells the customer so.
        case agreed
        /// The customer does not agree: a new solution is needed.
        case declined
    }
}

/// A way of speaking with the customer.
package enum ContactWay: String, Sendable, CaseIterable {
    /// The customer's own page.
    case page
    case phone
    case email
    case letter
    /// In person.
    case visit
    case questionnaire
}

/// How the customer is called back (回访; K14, K15, W11, W12, S12, V10).
package struct CallbackTerms: Sendable, Hashable {
    /// After completion.
    package var within: Allowance
    /// So many times when the customer is not reached; then the complaint is closed as unreachable.
    package var attempts: Int
    /// True when the caller first talks with a dissatisfied customer before the case goes back (K15).
    package var sootheFirst: Bool
    /// The least satisfaction, 1–5, that counts as satisfied.
    package var satisfiedFrom: Int
    /// Not before so long after completion; absent: at once.
    package var notBefore: Allowance?
    /// Between two attempts; absent: whenever.
    package var spacing: Allowance?
    package var ways: [ContactWay] = [.phone]
    /// Who calls; absent: whoever has the role.
    package var by: DepartmentID?
    /// True when whoever handled the complaint may not call.
    package var notByHandler: Bool = true
    /// What is asked besides whether it is solved and how satisfied the customer is.
    package var questions: [CallbackQuestion] = []
}

/// A question of the callback record (投诉回访情况记录表; K14, K16, W09).
package struct CallbackQuestion: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var scale: Scale

    package init(id: String, title: LocalizedText, scale: Scale) {
        self.id = id
        self.title = title
        self.scale = scale
    }

    /// How it is answered.
    package enum Scale: String, Sendable, CaseIterable {
        /// 1 (not at all) to 5 (fully).
        case oneToFive
        case yesNo
        case text
    }
}

/// What happens when departments give a case back (退单).
package struct ReturnTerms: Sendable, Hashable {
    /// After so many returns the next assignment is a ruling, made by a supervisor, and may not be returned.
    package var rulingAfter: Int
}

/// What happens when a case is handled again (返工; K15, W12, S11).
package struct ReworkTerms: Sendable, Hashable {
    /// After so many reworks it goes up a level.
    package var raiseAfter: Int
    package var returnsTo: Target = .handler

    /// Who handles it again.
    package enum Target: String, Sendable, CaseIterable {
        /// Whoever handled it in the responsible department.
        case handler
        /// Somebody else in the responsible department.
        case another
        /// The responsible department's head.
        case head
    }
}
