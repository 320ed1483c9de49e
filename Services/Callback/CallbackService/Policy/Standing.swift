import Contracts

/// Where a complaint stands between us and its customer.
package enum Standing: Hashable, Sendable {
    /// Heard, and not judged yet as far as we know.
    case received
    /// Judged invalid in this round; the customer has the explanation and has not answered (K04).
    case explaining(round: Int)
    /// The customer disputes the explanation of this round; it is judged again (K04).
    case disputed(round: Int)
    /// Valid; a department works on a solution.
    case inProgress
    /// The customer has this version of a solution and has not answered (S08).
    case proposed(version: Int)
    /// Customer and department did not agree on this version, and a person rules (裁定, K12, M17).
    case ruling(version: Int)
    /// The customer agrees with this version; it is carried out (K11); or it was ruled so.
    case agreed(version: Int)
    /// This version was carried out; the customer is to be asked whether the problem is really solved (回访, K14).
    case callbackDue(version: Int)
    /// The customer is dissatisfied; the handler talks with them first, then the next callback decides (安抚, K15).
    case soothing(version: Int)
    /// The customer is still dissatisfied; it is handled again (K15, W12).
    case reworking
    case closed(ClosingOutcome)
    case withdrawn
    /// It goes on under another complaint's number.
    case merged(into: TicketNumber)

    /// True when nothing more can happen to it here.
    package var isEnded: Bool { name.isEnded }

    /// The stable word for it, in the store and in the JSON API.
    package enum Name: String, Sendable, Codable, CaseIterable {
        case received, explaining, disputed, inProgress, proposed, ruling, agreed, callbackDue, soothing, reworking
        case closed, withdrawn, merged

        /// True when nothing more can happen to it here.
        package var isEnded: Bool {
            switch self {
            case .closed, .withdrawn, .merged: true
            case .received, .explaining, .disputed, .inProgress, .proposed, .ruling, .agreed, .callbackDue, .soothing,
                .reworking:
                false
            }
        }

        /// True when the customer is to be asked whether the problem is solved.
        package var awaitsCall: Bool {
            switch self {
            case .callbackDue, .soothing: true
            case .received, .explaining, .disputed, .inProgress, .proposed, .ruling, .agreed, .reworking, .closed,
                .withdrawn, .merged:
                false
            }
        }
    }

    package var name: Name {
        switch self {
        case .received: .received
        case .explaining: .explaining
        case .disputed: .disputed
        case .inProgress: .inProgress
        case .proposed: .proposed
        case .ruling: .ruling
        case .agreed: .agreed
        case .callbackDue: .callbackDue
        case .soothing: .soothing
        case .reworking: .reworking
        case .closed: .closed
        case .withdrawn: .withdrawn
        case .merged: .merged
        }
    }
}
