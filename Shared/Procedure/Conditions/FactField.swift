import Contracts

/// What a condition of a policy pack can ask about.
package enum FactField: String, Sendable, CaseIterable {
    case kind, channel, language, category, severity
    case amount, affected, evidence
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
        case .kind, .channel, .language, .category, .severity: .choice
        case .amount: .money
        case .affected, .evidence: .count
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
        case .severity: LocalizedText(zhHans: "投诉级别", en: "severity")
        case .amount: LocalizedText(zhHans: "涉及金额", en: "amount")
        case .affected: LocalizedText(zhHans: "影响人数", en: "people affected")
        case .evidence: LocalizedText(zhHans: "证据数量", en: "pieces of evidence")
        case .flags: LocalizedText(zhHans: "标记", en: "flags")
        case .confirmed: LocalizedText(zhHans: "已复述确认", en: "read back and confirmed")
        case .contact: LocalizedText(zhHans: "有联系方式", en: "there is a way to reach the customer")
        case .words: LocalizedText(zhHans: "客户陈述", en: "the customer's words")
        case .reason: LocalizedText(zhHans: "投诉事由", en: "reason")
        case .narrative: LocalizedText(zhHans: "具体经过", en: "course of events")
        case .request: LocalizedText(zhHans: "客户诉求", en: "request")
        case .product: LocalizedText(zhHans: "投诉对象", en: "product")
        case .orderNumber: LocalizedText(zhHans: "订单号", en: "order number")
        case .recordedBy: LocalizedText(zhHans: "记录人", en: "recorded by")
        }
    }
}
