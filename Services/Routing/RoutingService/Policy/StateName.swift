import Contracts

/// The stable words for states: in the store, in addresses, in the API.
enum StateName: String, Sendable, CaseIterable, Codable {
    case awaitingJudgement, awaitingAnswer, awaitingAssignment
    case awaitingAcknowledgement, investigating, awaitingApproval, proposed, revising, implementing, callback
    case settled, answered, explaining
    case closed, withdrawn, merged

    init(_ state: RoutingState) {
        self =
            switch state {
            case .settled: .settled
            case .awaitingJudgement: .awaitingJudgement
            case .awaitingAnswer: .awaitingAnswer
            case .answered: .answered
            case .explaining: .explaining
            case .awaitingAssignment: .awaitingAssignment
            case .handling(let handling): StateName(handling.phase)
            case .closed: .closed
            case .withdrawn: .withdrawn
            case .merged: .merged
            }
    }

    init(_ phase: Handling.Phase) {
        self =
            switch phase {
            case .awaitingAcknowledgement: .awaitingAcknowledgement
            case .investigating: .investigating
            case .awaitingApproval: .awaitingApproval
            case .proposed: .proposed
            case .revising: .revising
            case .implementing: .implementing
            case .callback: .callback
            }
    }

    /// The phase of handling, for states in which a department holds the complaint.
    var phase: Handling.Phase? { Handling.Phase(rawValue: rawValue) }

    /// What waits for a person at the triage desk.
    static let desk: [StateName] = [.awaitingJudgement, .awaitingAnswer, .awaitingAssignment]
    /// Everything that has not ended.
    static let open: [StateName] = allCases.filter { ![.closed, .withdrawn, .merged].contains($0) }
}

/// Who has a complaint in hand, so that time can be charged to them.
enum Holder: Hashable, Sendable {
    /// Whoever heard it, until it had a number (K02).
    case intake
    /// The triage desk.
    case desk
    case department(DepartmentID)
    /// Who was asked for something, or has a proposal to answer (W18).
    case customer
    case callback
    /// Nobody: it has ended.
    case nobody

    /// - Parameter isWaiting: True while the customer owes an answer to a department's question.
    init(_ state: RoutingState, isWaiting: Bool = false) {
        self =
            switch state {
            case .awaitingJudgement, .awaitingAnswer, .awaitingAssignment: .desk
            case .settled, .answered, .explaining: .callback
            case .closed, .withdrawn, .merged: .nobody
            case .handling(let handling):
                switch handling.phase {
                case .proposed: .customer
                case .callback: .callback
                case .awaitingAcknowledgement, .investigating, .awaitingApproval, .revising, .implementing:
                    isWaiting ? .customer : .department(handling.lead)
                }
            }
    }

    /// `intake`, `desk`, `customer`, `callback`, `nobody`, or a department's id.
    var text: String {
        switch self {
        case .intake: "intake"
        case .desk: "desk"
        case .customer: "customer"
        case .callback: "callback"
        case .nobody: "nobody"
        case .department(let id): id.text
        }
    }
}
