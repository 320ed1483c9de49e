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

/// What the languages are called in which customers speak.
enum LanguageWords {
    static let titles = [
        "zh-Hans": LocalizedText(zhHans: "中文", en: "Chinese"), "en": LocalizedText(zhHans: "英文", en: "English"),
    ]
}

/// What the markers of a complaint are called (情况标记); a pack may use others, which stand for themselves.
enum MarkerWords {
    static func title(_ marker: String) -> LocalizedText {
        titles[marker] ?? LocalizedText(zhHans: marker, en: marker)
    }

    private static let titles = [
        "injury": LocalizedText(zhHans: "有人受伤", en: "somebody was hurt"),
        "safety": LocalizedText(zhHans: "安全隐患", en: "safety hazard"),
        "emergency": LocalizedText(zhHans: "紧急突发", en: "emergency"),
        "media": LocalizedText(zhHans: "媒体关注", en: "media attention"),
        "authority": LocalizedText(zhHans: "主管部门介入", en: "brought to an authority"),
        "group": LocalizedText(zhHans: "群诉", en: "group complaint"),
        "angry": LocalizedText(zhHans: "情绪激动", en: "very upset"),
        "repeat": LocalizedText(zhHans: "重复投诉", en: "complained before"),
        "urgent": LocalizedText(zhHans: "客户着急", en: "in a hurry"),
        "vip": LocalizedText(zhHans: "重要客户", en: "important customer"),
        "complex": LocalizedText(zhHans: "情况复杂", en: "complex"),
        "technical": LocalizedText(zhHans: "疑难技术", en: "hard technical case"),
        "return": LocalizedText(zhHans: "要求退货", en: "demands a return"),
        "exchange": LocalizedText(zhHans: "要求换货", en: "demands an exchange"),
        "exemplary": LocalizedText(zhHans: "有案例价值", en: "exemplary"),
        "confidential": LocalizedText(zhHans: "保密", en: "confidential"),
        "whistleblowing": LocalizedText(zhHans: "举报", en: "report of misconduct"),
    ]
}
