import Contracts

/// What a person of a story can do: an action of the public HTTP API. A test compares the paths with docs/api.
enum StoryAction: String, CaseIterable, Sendable {
    // Intake
    case complaint, supplement, chase, withdrawal
    // Routing
    case judgement, assignment, merge, urging, fulfilment
    case part, sample, inspection, notice
    case noticeDecision = "notice-decision"
    case partArrival = "part-arrival"
    // A department
    case acknowledgement, participation, plan, evidence, investigation, solution, approval, progress, opinion
    case completion, implementation, emergency, rectification
    case giveBack = "return"
    case informationRequest = "information-request"
    case opinionRequest = "opinion-request"
    case caseReading = "case-reading"
    // Callback
    case presentation, ruling
    case proposalAnswer = "proposal-answer"
    case explanationAnswer = "explanation-answer"
    case informationAnswer = "information-answer"
    case survey, callback, soothing
    // Reporting
    case measure
    case caseText = "case-text"
    case caseApproval = "case-approval"

    enum Service: String, Sendable {
        case intake, routing, department, callback, reporting
    }

    var service: Service {
        switch self {
        case .complaint, .supplement, .chase, .withdrawal: .intake
        case .judgement, .assignment, .merge, .urging, .fulfilment, .part, .partArrival, .sample, .inspection, .notice,
            .noticeDecision:
            .routing
        case .acknowledgement, .participation, .plan, .evidence, .investigation, .solution, .approval, .progress,
            .opinion, .completion, .implementation, .emergency, .rectification, .giveBack, .informationRequest,
            .opinionRequest, .caseReading:
            .department
        case .presentation, .ruling, .proposalAnswer, .explanationAnswer, .informationAnswer, .survey, .callback,
            .soothing:
            .callback
        case .measure, .caseText, .caseApproval: .reporting
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
        case .fulfilment: "/routing/api/duties/{id}/fulfilment"
        case .part: "/routing/api/complaints/{number}/parts"
        case .partArrival: "/routing/api/parts/{id}/arrival"
        case .sample: "/routing/api/supervision/samples"
        case .inspection: "/routing/api/supervision/samples/{id}/results"
        case .notice: "/routing/api/supervision/notices"
        case .noticeDecision: "/routing/api/supervision/notices/{id}/decision"
        case .rectification: "/departments/{id}/api/rectifications/{number}/{notice}"
        case .emergency: "/departments/{id}/api/emergencies/{number}"
        case .caseReading: "/departments/{id}/api/lessons/{number}/{caseFile}"
        case .acknowledgement, .participation, .plan, .evidence, .investigation, .solution, .approval, .progress,
            .opinion, .completion, .implementation, .giveBack, .informationRequest, .opinionRequest:
            "/departments/{id}/api/cases/{number}/\(rawValue)"
        case .proposalAnswer: "/callback/api/complaints/{number}/proposals/{version}/answer"
        case .presentation, .ruling: "/callback/api/complaints/{number}/proposals/{version}/\(rawValue)"
        case .explanationAnswer: "/callback/api/complaints/{number}/explanation/answer"
        case .informationAnswer: "/callback/api/complaints/{number}/information/{request}/answer"
        case .survey: "/callback/api/complaints/{number}/survey"
        case .callback: "/callback/api/complaints/{number}/callbacks"
        case .soothing: "/callback/api/complaints/{number}/soothing"
        case .measure: "/reporting/api/measures"
        case .caseText: "/reporting/api/cases/{id}/text"
        case .caseApproval: "/reporting/api/cases/{id}/approval"
        }
    }
}

/// In words, for whoever watches.
extension StoryAction {
    var title: LocalizedText {
        switch self {
        case .complaint: LocalizedText(zhHans: "投诉受理", en: "complaint recorded")
        case .supplement: LocalizedText(zhHans: "补充材料", en: "supplement")
        case .chase: LocalizedText(zhHans: "催单", en: "chased")
        case .withdrawal: LocalizedText(zhHans: "撤诉", en: "withdrawn")
        case .judgement: LocalizedText(zhHans: "判定", en: "judged")
        case .assignment: LocalizedText(zhHans: "分派", en: "assigned")
        case .merge: LocalizedText(zhHans: "并案", en: "merged")
        case .urging: LocalizedText(zhHans: "督办", en: "urged")
        case .fulfilment: LocalizedText(zhHans: "报告", en: "reported")
        case .part: LocalizedText(zhHans: "配件登记", en: "part registered")
        case .partArrival: LocalizedText(zhHans: "配件到货", en: "part arrived")
        case .sample: LocalizedText(zhHans: "抽取样本", en: "sample drawn")
        case .inspection: LocalizedText(zhHans: "抽查", en: "inspected")
        case .notice: LocalizedText(zhHans: "发出整改通知", en: "rectification ordered")
        case .noticeDecision: LocalizedText(zhHans: "验收整改", en: "rectification decided on")
        case .measure: LocalizedText(zhHans: "制定整改措施", en: "corrective measure set")
        case .caseText: LocalizedText(zhHans: "编写案例", en: "case written")
        case .caseApproval: LocalizedText(zhHans: "审批案例", en: "case approved")
        case .presentation, .ruling, .proposalAnswer, .explanationAnswer, .informationAnswer, .survey, .callback,
            .soothing:
            conversation
        case .acknowledgement, .participation, .plan, .evidence, .investigation, .solution, .approval, .progress,
            .opinion, .completion, .implementation, .emergency, .rectification, .giveBack, .informationRequest,
            .opinionRequest, .caseReading:
            work
        }
    }

    private var work: LocalizedText {
        switch self {
        case .acknowledgement: LocalizedText(zhHans: "签收", en: "signed for")
        case .participation: LocalizedText(zhHans: "确认参加处理小组", en: "takes part in the group")
        case .plan: LocalizedText(zhHans: "调查计划", en: "plan of the investigation")
        case .evidence: LocalizedText(zhHans: "收集证据", en: "evidence")
        case .investigation: LocalizedText(zhHans: "调查核实", en: "investigated")
        case .solution: LocalizedText(zhHans: "拟定方案", en: "solution drafted")
        case .approval: LocalizedText(zhHans: "审批", en: "decided on the solution")
        case .progress: LocalizedText(zhHans: "反馈进展", en: "progress")
        case .opinion: LocalizedText(zhHans: "出具意见", en: "opinion given")
        case .completion: LocalizedText(zhHans: "实施完成", en: "work done")
        case .implementation: LocalizedText(zhHans: "反馈实施结果", en: "result reported")
        case .emergency: LocalizedText(zhHans: "应急处理回报", en: "emergency attended")
        case .rectification: LocalizedText(zhHans: "答复整改", en: "rectification answered")
        case .giveBack: LocalizedText(zhHans: "退单", en: "returned")
        case .caseReading: LocalizedText(zhHans: "签阅案例", en: "case read")
        case .informationRequest: LocalizedText(zhHans: "请客户补充", en: "asks the customer")
        default: LocalizedText(zhHans: "征求意见", en: "opinion asked for")
        }
    }

    private var conversation: LocalizedText {
        switch self {
        case .presentation: LocalizedText(zhHans: "将方案告知客户", en: "told the customer of the solution")
        case .ruling: LocalizedText(zhHans: "裁定", en: "ruled")
        case .proposalAnswer: LocalizedText(zhHans: "答复方案", en: "answered the solution")
        case .explanationAnswer: LocalizedText(zhHans: "答复说明", en: "answered the explanation")
        case .informationAnswer: LocalizedText(zhHans: "答复询问", en: "answered the question")
        case .survey: LocalizedText(zhHans: "填写问卷", en: "questionnaire")
        case .callback: LocalizedText(zhHans: "回访", en: "called back")
        default: LocalizedText(zhHans: "安抚沟通", en: "talked with the customer")
        }
    }
}
