/// What a solution does for the customer (处理方式). Rules M14, V05.
public enum Remedy: String, Sendable, Codable, CaseIterable {
    /// 维修、整改
    case repair
    /// 换货
    case exchange
    /// 退货
    case `return`
    /// 退款
    case refund
    /// 经济补偿、赔偿
    case compensation
    /// 道歉
    case apology
    /// 解释说明
    case explanation
    /// 其他
    case other

    public var title: LocalizedText {
        switch self {
        case .repair: LocalizedText(zhHans: "维修整改", en: "repair")
        case .exchange: LocalizedText(zhHans: "换货", en: "exchange")
        case .return: LocalizedText(zhHans: "退货", en: "return")
        case .refund: LocalizedText(zhHans: "退款", en: "refund")
        case .compensation: LocalizedText(zhHans: "经济补偿", en: "compensation")
        case .apology: LocalizedText(zhHans: "道歉", en: "apology")
        case .explanation: LocalizedText(zhHans: "解释说明", en: "explanation")
        case .other: LocalizedText(zhHans: "其他", en: "other")
        }
    }
}
