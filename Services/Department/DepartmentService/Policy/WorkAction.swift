/// The commands by the names that addresses, forms and the API have for them.
package enum WorkAction: String, Sendable, CaseIterable {
    case acknowledgement, participation, investigation, solution, approval, opinion, implementation
    case plan, evidence, completion
    case opinionRequest = "opinion-request"
    case progress
    case informationRequest = "information-request"
    /// `return` in addresses: 退单.
    case giveBack = "return"

    /// The step that the procedure waits for, as opposed to what may be done besides.
    package var isMainStep: Bool {
        switch self {
        case .acknowledgement, .investigation, .solution, .approval, .opinion, .implementation, .participation: true
        case .plan, .evidence, .completion, .opinionRequest, .progress, .informationRequest, .giveBack: false
        }
    }
}

extension WorkOrder {
    /// What may be done now, the most important first. `decide` has the last word; a test holds both to the same.
    package var actions: [WorkAction] {
        switch stage {
        case .assigned: return [.acknowledgement] + joining + returning
        case .investigating: return [.investigation] + joining + besides + returning
        case .investigated: return solving + joining + [.investigation] + besides + returning
        case .refused, .declined: return solving + joining + [.investigation] + besides
        case .awaitingApproval: return [.approval, .progress, .informationRequest] + joining
        case .proposed, .implemented: return [.progress, .informationRequest] + joining
        case .carryingOut(_, nil): return [.implementation, .completion, .progress, .informationRequest] + joining
        case .carryingOut: return [.implementation, .progress, .informationRequest] + joining
        case .opinionDue: return [.opinion] + joining + [.progress, .informationRequest]
        case .opinionGiven: return joining
        case .closed, .returned, .cancelled: return []
        }
    }

    private var solving: [WorkAction] { missingOpinions.isEmpty && missingParticipants.isEmpty ? [.solution] : [] }

    private var joining: [WorkAction] { missingParticipants.isEmpty ? [] : [.participation] }

    private var besides: [WorkAction] {
        [.plan, .evidence, .progress, .informationRequest] + (opinions.isEmpty ? [] : [.opinionRequest])
    }

    private var returning: [WorkAction] {
        role == .lead && !assignment.isRuling && round == 1 ? [.giveBack] : []
    }
}
