/// What a person of a story can do: an action of the public HTTP API. A test compares the paths with docs/api.
enum StoryAction: String, CaseIterable, Sendable {
    // Intake
    case complaint, supplement, chase, withdrawal
    // Routing
    case judgement, assignment, merge, urging
    // A department
    case acknowledgement, participation, plan, evidence, investigation, solution, approval, progress, opinion
    case implementation
    case giveBack = "return"
    case informationRequest = "information-request"
    case opinionRequest = "opinion-request"
    // Callback
    case proposalAnswer = "proposal-answer"
    case explanationAnswer = "explanation-answer"
    case informationAnswer = "information-answer"
    case survey, callback, soothing
    // Reporting
    case caseText = "case-text"
    case caseApproval = "case-approval"

    enum Service: String, Sendable {
        case intake, routing, department, callback, reporting
    }

    var service: Service {
        switch self {
        case .complaint, .supplement, .chase, .withdrawal: .intake
        case .judgement, .assignment, .merge, .urging: .routing
        case .acknowledgement, .participation, .plan, .evidence, .investigation, .solution, .approval, .progress,
            .opinion, .implementation, .giveBack, .informationRequest, .opinionRequest:
            .department
        case .proposalAnswer, .explanationAnswer, .informationAnswer, .survey, .callback, .soothing:
            .callback
        case .caseText, .caseApproval: .reporting
        }
    }

    /// The path as the API's description has it.
    var path: String {
        switch self {
        case .complaint: "/intake/api/complaints"
        case .supplement: "/intake/api/complaints/{number}/supplements"
        case .chase: "/intake/api/complaints/{number}/chases"
        case .withdrawal: "/intake/api/complaints/{number}/withdrawal"
        case .judgement, .assignment, .merge, .urging: "/routing/api/complaints/{number}/\(rawValue)"
        case .acknowledgement, .participation, .plan, .evidence, .investigation, .solution, .approval, .progress,
            .opinion, .implementation, .giveBack, .informationRequest, .opinionRequest:
            "/departments/{id}/api/cases/{number}/\(rawValue)"
        case .proposalAnswer: "/callback/api/complaints/{number}/proposals/{version}/answer"
        case .explanationAnswer: "/callback/api/complaints/{number}/explanation/answer"
        case .informationAnswer: "/callback/api/complaints/{number}/information/{request}/answer"
        case .survey: "/callback/api/complaints/{number}/survey"
        case .callback: "/callback/api/complaints/{number}/callbacks"
        case .soothing: "/callback/api/complaints/{number}/soothing"
        case .caseText: "/reporting/api/cases/{id}/text"
        case .caseApproval: "/reporting/api/cases/{id}/approval"
        }
    }

    /// In words, for whoever watches.
    var title: String { rawValue.replacing("-", with: " ") }
}
