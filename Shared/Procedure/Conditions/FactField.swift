import Contracts

/// What a condition of a policy pack can ask about.
package enum FactField: String, Sendable, CaseIterable {
    case kind, channel, language, category, severity, urgency, importance, outcome
    case amount, compensation
    case affected, evidence
    /// How many complaints are handled together (群诉), and how many the same customer brought before.
    case groupSize, earlier
    /// How often the case was returned, declined and reworked, how many clocks were missed, and the callback's answer.
    case returns, declines, reworks, missed, satisfaction
    case flags
    case confirmed, contact
    /// Everything the customer said: reason, narrative, request and product together.
    case words
    case reason, narrative, request, product, orderNumber, recordedBy

    /// What the values of a field are, and with it which comparisons make sense.
    enum Nature {
        /// One of a known set: `is`, `isOneOf`, `isNoneOf`.
        case choice
        /// An amount of money: `atLeast`, `atMost`, `above`, `below`, `exists`.
        case money
        /// A whole number: as money.
        case count
        /// A set of markers: `contains`, `containsAll`, `exists`.
        case markers
        /// `isTrue`.
        case truth
        /// Text: `contains`, `containsAll`, `lengthAtLeast`, `exists`.
        case text
    }

    var nature: Nature {
        switch self {
        case .kind, .channel, .language, .category, .severity, .urgency, .importance, .outcome: .choice
        case .amount, .compensation: .money
        case .affected, .evidence, .groupSize, .earlier, .returns, .declines, .reworks, .missed, .satisfaction: .count
        case .flags: .markers
        case .confirmed, .contact: .truth
        case .words, .reason, .narrative, .request, .product, .orderNumber, .recordedBy: .text
        }
    }

    /// The field's name in an explanation.
    var title: LocalizedText {
        switch self {
        case .kind: LocalizedText(zhHans: "来件类型", en: "kind")
        case .channel: LocalizedText(zhHans: "投诉渠道", en: "channel")
        case .language: LocalizedText(zhHans: "语言", en: "language")
        case .category: LocalizedText(zhHans: "投诉类别", en: "category")
        case .severity: LocalizedText(zhHans: "级别", en: "severity")
        case .urgency: LocalizedText(zhHans: "紧急程度", en: "urgency")
        case .importance: LocalizedText(zhHans: "重要性", en: "importance")
        case .outcome: LocalizedText(zhHans: "处理结果", en: "outcome")
        case .amount: LocalizedText(zhHans: "涉及金额", en: "amount")
        case .compensation: LocalizedText(zhHans: "补偿金额", en: "compensation")
        case .affected: LocalizedText(zhHans: "影响人数", en: "people affected")
        case .evidence: LocalizedText(zhHans: "证据数量", en: "pieces of evidence")
        case .groupSize: LocalizedText(zhHans: "群诉件数", en: "complaints handled together")
        case .earlier: LocalizedText(zhHans: "此前投诉次数", en: "earlier complaints of the customer")
        case .returns: LocalizedText(zhHans: "退单次数", en: "returns")
        case .declines: LocalizedText(zhHans: "客户不同意次数", en: "solutions declined")
        case .reworks: LocalizedText(zhHans: "返工次数", en: "reworks")
        case .missed: LocalizedText(zhHans: "逾期次数", en: "clocks missed")
        case .satisfaction: LocalizedText(zhHans: "回访满意度", en: "satisfaction")
        case .flags: LocalizedText(zhHans: "标记", en: "flags")
        case .confirmed: LocalizedText(zhHans: "已复述确认", en: "read back and confirmed")
        case .contact: LocalizedText(zhHans: "有联系方式", en: "there is a way to reach the customer")
        case .words: LocalizedText(zhHans: "客户陈述", en: "the customer's words")
        case .reason: LocalizedText(zhHans: "投诉事由", en: "reason")
        case .narrative: LocalizedText(zhHans: "具体经过", en: "course of events")
        case .request: LocalizedText(zhHans: "客户诉求", en: "request")
        case .product: LocalizedText(zhHans: "产品或服务", en: "product")
        case .orderNumber: LocalizedText(zhHans: "订单号", en: "order number")
        case .recordedBy: LocalizedText(zhHans: "记录人", en: "recorded by")
        }
    }
}

/// How much is known of a complaint when a condition is asked. A condition about what nobody can know yet would never be
/// met, so it does not load.
package enum FactStage: Int, Sendable, Comparable {
    /// What was heard.
    case recorded
    /// And what it is about.
    case categorised
    /// And how grave and pressing it is.
    case graded
    /// And what happened to it since.
    case handled

    package static func < (left: FactStage, right: FactStage) -> Bool { left.rawValue < right.rawValue }

    /// In a message about a condition that comes too early: `… is not known before the complaint is graded`.
    var phrase: String {
        switch self {
        case .recorded: "recorded"
        case .categorised: "categorised"
        case .graded: "graded"
        case .handled: "handled"
        }
    }
}

extension FactField {
    /// From when on the field is known.
    var knownFrom: FactStage {
        switch self {
        case .category: .categorised
        case .severity, .urgency, .importance: .graded
        case .outcome, .compensation, .returns, .declines, .reworks, .missed, .satisfaction: .handled
        case .kind, .channel, .language, .amount, .affected, .evidence, .groupSize, .earlier, .flags, .confirmed,
            .contact, .words, .reason, .narrative, .request, .product, .orderNumber, .recordedBy:
            .recorded
        }
    }
}
