/// The commands by the names that addresses, forms and the API have for them.
package enum WorkAction: String, Sendable, CaseIterable {
    case acknowledgement, investigation, solution, approval, opinion, implementation
    case opinionRequest = "opinion-request"
    case progress
    case informationRequest = "information-request"
    /// `return` in addresses: 退单.
    case giveBack = "return"

    /// The step that the procedure waits for, as opposed to what may be done besides.
    package var isMainStep: Bool {
        switch self {
        case .acknowledgement, .investigation, .solution, .approval, .opinion, .implementation: true
        case .opinionRequest, .progress, .informationRequest, .giveBack: false
        }
    }
}

extension WorkOrder {
    /// What may be done now, the most important first. `decide` has the last word; a test holds both to the same.
    package var actions: [WorkAction] {
        switch stage {
        case .assigned: return [.acknowledgement] + returning
        case .investigating: return [.investigation] + besides + returning
        case .investigated: return solving + [.investigation] + besides + returning
        case .refused, .declined: return solving + [.investigation] + besides
        case .awaitingApproval: return [.approval, .progress, .informationRequest]
        case .proposed, .implemented: return [.progress, .informationRequest]
        case .carryingOut: return [.implementation, .progress, .informationRequest]
        case .opinionDue: return [.opinion, .progress, .informationRequest]
        case .opinionGiven, .closed, .returned, .cancelled: return []
        }
    }

    private var solving: [WorkAction] { missingOpinions.isEmpty ? [.solution] : [] }

    private var besides: [WorkAction] {
        [.progress, .informationRequest] + (opinions.isEmpty ? [] : [.opinionRequest])
    }

    private var returning: [WorkAction] {
        role == .lead && !assignment.isRuling && round == 1 ? [.giveBack] : []
    }
}
