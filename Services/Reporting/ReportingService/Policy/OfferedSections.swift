import Procedure

/// Which parts of Reporting the pack in force has; what it does not have is not shown.
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

    init() {}

    init(_ pack: PolicyPack?) {
        guard let pack else { return }
        quarterly = pack.reports.contains { $0.every == .quarter }
        assessment = pack.assessment != nil
        cases = !pack.cases.isEmpty
        measures = pack.improvement != nil
        surveys = !pack.surveys.isEmpty
        suggestions = pack.suggestions != nil
    }
}
