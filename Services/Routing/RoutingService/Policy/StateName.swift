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
    /// The triage desk.
    case desk
    case department(DepartmentID)
    /// Callback, and with it the customer.
    case callback
    /// Nobody: it has ended.
    case nobody

    init(_ state: RoutingState) {
        self =
            switch state {
            case .awaitingJudgement, .awaitingAnswer, .awaitingAssignment: .desk
            case .settled, .answered, .explaining: .callback
            case .closed, .withdrawn, .merged: .nobody
            case .handling(let handling):
                switch handling.phase {
                case .proposed, .callback: .callback
                case .awaitingAcknowledgement, .investigating, .awaitingApproval, .revising, .implementing:
                    .department(handling.lead)
                }
            }
    }

    /// `desk`, `callback`, `nobody`, or a department's id.
    var text: String {
        switch self {
        case .desk: "desk"
        case .callback: "callback"
        case .nobody: "nobody"
        case .department(let id): id.text
        }
    }
}
