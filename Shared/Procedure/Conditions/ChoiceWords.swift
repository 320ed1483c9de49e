import Contracts

/// What the values of choices are called.

extension ComplaintKind {
    /// 投诉, 咨询, 建议, 抱怨预警
    package var title: LocalizedText {
        switch self {
        case .complaint: LocalizedText(zhHans: "投诉", en: "complaint")
        case .enquiry: LocalizedText(zhHans: "咨询", en: "enquiry")
        case .suggestion: LocalizedText(zhHans: "建议", en: "suggestion")
        case .warning: LocalizedText(zhHans: "抱怨预警", en: "early warning")
        }
    }
}

extension Urgency {
    /// 普通, 紧急, 特急
    package var title: LocalizedText {
        switch self {
        case .normal: LocalizedText(zhHans: "普通", en: "normal")
        case .urgent: LocalizedText(zhHans: "紧急", en: "urgent")
        case .emergency: LocalizedText(zhHans: "特急", en: "emergency")
        }
    }
}

extension Importance {
    /// 一般, 重要
    package var title: LocalizedText {
        switch self {
        case .ordinary: LocalizedText(zhHans: "一般", en: "ordinary")
        case .important: LocalizedText(zhHans: "重要", en: "important")
        }
    }
}

extension ClosingOutcome {
    var title: LocalizedText {
        switch self {
        case .satisfied: LocalizedText(zhHans: "客户满意", en: "satisfied")
        case .explained: LocalizedText(zhHans: "解释认可", en: "explained")
        case .answered: LocalizedText(zhHans: "已答复", en: "answered")
        case .settledAtFirstContact: LocalizedText(zhHans: "当场解决", en: "settled at first contact")
        case .ruled: LocalizedText(zhHans: "裁定办结", en: "closed by ruling")
        case .unreachable: LocalizedText(zhHans: "无法联系", en: "unreachable")
        }
    }
}
