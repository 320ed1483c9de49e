import Contracts

/// How a proposal is put to the customer (K10, K12, M16, M17).
package struct ConsentTerms: Sendable, Hashable {
    /// How long a proposal stays open for an answer.
    package var validity: Allowance
    /// After so many declined proposals a supervisor rules.
    package var rounds: Int
}

/// How the customer is called back (回访; K14, K15, W11, W12).
package struct CallbackTerms: Sendable, Hashable {
    /// After completion.
    package var within: Allowance
    /// So many times when the customer is not reached; then the complaint is closed as unreachable.
    package var attempts: Int
    /// True when the caller first talks with a dissatisfied customer before the case goes back (K15).
    package var sootheFirst: Bool
    /// The least satisfaction, 1–5, that counts as satisfied.
    package var satisfiedFrom: Int
}

/// What happens when departments give a case back (退单).
package struct ReturnTerms: Sendable, Hashable {
    /// After so many returns the next assignment is a ruling, made by a supervisor, and may not be returned.
    package var rulingAfter: Int
}

/// What happens when a case is handled again (返工).
package struct ReworkTerms: Sendable, Hashable {
    /// After so many reworks it goes up a level.
    package var raiseAfter: Int
}
