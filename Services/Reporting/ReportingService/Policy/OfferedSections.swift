import Procedure

/// Which parts of Reporting the pack in force has; what it does not have is not shown.
struct OfferedSections: Hashable, Sendable {
    /// 案例库 (K17, S13)
    var cases = false

    init() {}

    init(_ pack: PolicyPack?) {
        guard let pack else { return }
        cases = !pack.cases.isEmpty
    }

    var hasImprovement: Bool { cases }
}
