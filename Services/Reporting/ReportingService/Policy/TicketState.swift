import Contracts

/// Where a complaint stands, as the people who read reports see it. Raw values are stored and part of addresses.
enum TicketState: String, Sendable, Codable, CaseIterable, Hashable {
    /// 待判定
    case registered
    /// 待客户确认说明: judged invalid, the customer has not agreed yet (K04).
    case explaining
    /// 待答复: an enquiry was answered and the answer has to reach the customer (S05).
    case answering
    /// 待派单: valid, and no department has it (also after 退单).
    case accepted
    /// 待签收
    case assigned
    /// 调查中
    case investigating
    /// 拟定方案
    case drafting
    /// 待审批
    case approving
    /// 待客户同意
    case proposed
    /// 落实中
    case implementing
    /// 待回访
    case calling
    /// 已关闭
    case closed
    /// 已撤诉
    case withdrawn
    /// 已并案
    case merged

    /// True when nothing more will happen to the complaint. Ends are final: what another service said a moment earlier, by
    /// a clock that is ahead, does not open it again.
    var isEnd: Bool {
        switch self {
        case .closed, .withdrawn, .merged: true
        case .registered, .explaining, .answering, .accepted, .assigned, .investigating, .drafting, .approving,
            .proposed, .implementing, .calling:
            false
        }
    }

    static let open: [TicketState] = allCases.filter { !$0.isEnd }
}
