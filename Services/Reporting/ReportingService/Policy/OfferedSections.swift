import Procedure

/// Which parts of Reporting there are by the pack in force, and by its earlier versions: what is kept under them stays.
struct OfferedSections: Hashable, Sendable {
    /// 季度报告 (W14)
    var quarterly = false
    /// 考核 (W22)
    var assessment = false
    /// 案例库 (K17, S13)
    var cases = false
    /// 整改措施 (M19, V11, V12)
    var measures = false
    /// 满意度调查 (W23, S17)
    var surveys = false
    /// 流程建议 (W19)
    var suggestions = false
    /// 抽查与整改, at Routing (W20); absent: none.
    var supervision: SupervisionTerms?

    init() {}

    init(_ packs: TicketPacks) {
        func isThere(_ part: (PolicyPack) -> Bool) -> Bool { packs.newest(having: part) != nil }
        quarterly = isThere { $0.quarterly != nil }
        assessment = isThere { $0.assessment != nil }
        cases = isThere { !$0.cases.isEmpty }
        measures = isThere { $0.improvement != nil }
        surveys = isThere { !$0.surveys.isEmpty }
        suggestions = isThere { $0.suggestions != nil }
        supervision = packs.newest(having: { $0.supervision != nil })?.supervision
    }
}

extension PolicyPack {
    /// What the quarterly report holds; nil where there is none.
    var quarterly: ReportRule? { reports.first { $0.every == .quarter } }
}
