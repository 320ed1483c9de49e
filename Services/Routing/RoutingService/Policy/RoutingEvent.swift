import Contracts

/// What can happen to a complaint: what a person does at the desk, and what other services say.
enum RoutingEvent: Hashable, Sendable {
    // At the desk, or by the policy pack.
    case judgedValid
    case judgedInvalid
    case judgedEnquiry
    /// `bySupervisor`: only a supervisor may rule after too many returns.
    case assigned(lead: DepartmentID, assisting: [DepartmentID], bySupervisor: Bool)
    /// It has become graver while departments hold it, because others joined it (群诉, S16).
    case regraded(assisting: [DepartmentID])
    case mergedInto(TicketNumber)
    case urged

    // From Intake.
    case chased
    case supplemented
    case withdrawn

    // From departments.
    case acknowledged(DepartmentID, assignment: Int)
    case returned(DepartmentID, assignment: Int)
    case investigated(DepartmentID, round: Int)
    case progressed(DepartmentID)
    case informationRequested(DepartmentID)
    case drafted(DepartmentID, version: Int)
    case approved(DepartmentID, version: Int)
    case refused(DepartmentID, version: Int)
    case proposed(DepartmentID, version: Int, round: Int)
    case completed(DepartmentID, version: Int, round: Int)
    case implemented(DepartmentID, version: Int, round: Int)

    // From Callback.
    case explanationAccepted(round: Int)
    case explanationDisputed(round: Int)
    case informationProvided(DepartmentID)
    case accepted(version: Int)
    case declined(version: Int)
    /// Told to the customer, expired, or disputed: it stays with the customer, or with whoever rules.
    case proposalNoted(version: Int)
    case ruled(version: Int, RulingVerdict)
    case unreachable
    case calledBack
    case reworkOrdered(round: Int)
    case closed(ClosingOutcome)

    /// True for what is said of an assignment that another has replaced, because the others had not heard of it yet.
    ///
    /// - Parameters:
    ///   - assignment: The one that stood when it was said.
    ///   - firstVersion: The lowest version of a solution that it can have.
    func isBehind(_ assignment: Int, firstVersion: Int) -> Bool {
        switch self {
        case .acknowledged(_, let earlier), .returned(_, let earlier): earlier < assignment
        default: solutionVersion.map { $0 < firstVersion } ?? false
        }
    }

    /// The version of the solution that the event is about, if it is about one.
    var solutionVersion: Int? {
        switch self {
        case .drafted(_, let version), .approved(_, let version), .refused(_, let version),
            .proposed(_, let version, _), .completed(_, let version, _), .implemented(_, let version, _),
            .accepted(let version), .declined(let version), .proposalNoted(let version), .ruled(let version, _):
            version
        case .judgedValid, .judgedInvalid, .judgedEnquiry, .assigned, .regraded, .mergedInto, .urged, .chased,
            .supplemented, .withdrawn, .acknowledged, .returned, .investigated, .progressed, .informationRequested,
            .explanationAccepted, .explanationDisputed, .informationProvided, .unreachable, .calledBack,
            .reworkOrdered, .closed:
            nil
        }
    }
}
