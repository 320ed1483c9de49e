import Contracts

extension Standing.Name {
    /// True while the house has the next step, so that the customer is told from time to time where it stands (W17).
    var isOurs: Bool {
        switch self {
        case .received, .disputed, .inProgress, .ruling, .agreed, .soothing, .reworking: true
        case .explaining, .proposed, .callbackDue, .closed, .withdrawn, .merged: false
        }
    }
}

/// What a customer is told unasked while the house has the next step (W17).
enum StatusNote {
    static func text(_ standing: Standing.Name, _ department: LocalizedText) -> LocalizedText {
        switch standing {
        case .received:
            LocalizedText(
                zhHans: "您的投诉已受理，正在判定与分派。", en: "We have your complaint and are finding out who takes care of it.")
        case .disputed:
            LocalizedText(zhHans: "您的投诉正在重新判定。", en: "Your complaint is being judged again.")
        case .inProgress:
            LocalizedText(
                zhHans: "\(department.zhHans)正在调查处理，方案形成后立即告知您。",
                en: "\(department.en) is working on it; you hear from us as soon as there is a solution.")
        case .ruling:
            LocalizedText(zhHans: "您的意见已上报，正在裁定。", en: "A supervisor is deciding how to go on.")
        case .agreed:
            LocalizedText(
                zhHans: "\(department.zhHans)正在落实处理方案。", en: "\(department.en) is carrying out the solution.")
        case .soothing:
            LocalizedText(zhHans: "我们会尽快与您沟通。", en: "We will get in touch with you soon.")
        case .reworking:
            LocalizedText(
                zhHans: "\(department.zhHans)正在重新处理。", en: "\(department.en) is handling it again.")
        case .explaining, .proposed, .callbackDue, .closed, .withdrawn, .merged:
            LocalizedText(zhHans: "请查看最新进展。", en: "Please see the latest news.")
        }
    }
}
