import Contracts

/// Where a complaint stands, as Routing knows it. Routing decides until a department holds the complaint; from then on
/// it follows what departments and Callback say.
enum RoutingState: Hashable, Sendable {
    /// Settled on the spot (M05); Callback closes it.
    case settled
    /// 待判定. `round` counts the judgements, this one included (K03, K04).
    case awaitingJudgement(round: Int)
    /// An enquiry or suggestion that waits for its answer (S05).
    case awaitingAnswer
    /// Answered; Callback gives the answer and closes.
    case answered
    /// Judged invalid; Callback explains it to the customer (K04, S02).
    case explaining(round: Int)
    /// 待分派: valid, and in nobody's hands. After a return (退单) too.
    case awaitingAssignment
    /// A department holds it.
    case handling(Handling)
    case closed(ClosingOutcome)
    case withdrawn
    case merged(into: TicketNumber)

    /// True when nothing more is to happen here.
    var isEnded: Bool {
        switch self {
        case .closed, .withdrawn, .merged: true
        case .settled, .awaitingJudgement, .awaitingAnswer, .answered, .explaining, .awaitingAssignment, .handling:
            false
        }
    }
}

/// A complaint in the hands of departments.
struct Handling: Hashable, Sendable {
    /// Counts the complaint's assignments from 1.
    var assignment: Int
    /// The department that owes the solution.
    var lead: DepartmentID
    /// Departments that owe an opinion (K08, K09).
    var assisting: [DepartmentID]
    /// True when it may not be returned (强制裁定).
    var isRuling: Bool
    var phase: Phase

    var holders: [DepartmentID] { [lead] + assisting }

    /// How far the lead department has got.
    enum Phase: String, Sendable, CaseIterable {
        /// 待签收
        case awaitingAcknowledgement
        /// 调查中
        case investigating
        /// 待审批
        case awaitingApproval
        /// 待客户确认
        case proposed
        /// The customer declined; a better solution is drafted (K12, M17).
        case revising
        /// 实施中
        case implementing
        /// 待回访
        case callback
    }
}

/// A complaint's state with what is counted over all of its life.
struct CaseFile: Hashable, Sendable {
    var state: RoutingState
    var assignments = 0
    /// How often departments gave it back (退单).
    var returns = 0
    /// 1 at first, one more for each rework (返工).
    var round = 1
    /// The highest solution version that any department has used; versions never repeat.
    var highestVersion = 0
    /// The highest number by which people call a solution.
    var highestNumber = 0
    /// The furthest step of a solution that has been heard of; what is not further is late.
    var mark = SolutionMark.none
    /// The lowest version that the present assignment can have; lower ones were taken away with the one before.
    var firstVersion = 1
}

/// How far which solution has come. Solutions have ascending versions and each goes through its steps once, so marks
/// order the events of departments and Callback whichever way they arrive.
struct SolutionMark: Hashable, Sendable, Comparable {
    enum Step: Int, Sendable {
        case none, drafted, refused, proposed, answered, implemented, reworked
    }

    var version: Int
    var step: Step

    static let none = SolutionMark(version: 0, step: .none)

    static func < (left: SolutionMark, right: SolutionMark) -> Bool {
        (left.version, left.step.rawValue) < (right.version, right.step.rawValue)
    }
}
