import Contracts

/// A named condition of the pack.
package struct NamedRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var when: Condition
}

/// When routing judges by itself (K03, S02). Nothing is ever judged invalid by a rule: that takes a person.
package struct JudgementRules: Sendable, Hashable {
    /// Complaints that a person must look at, whatever else is met.
    package var desk: [NamedRule]
    /// Complaints that are valid without a person's looking.
    package var valid: [NamedRule]
}

/// How soon a complaint must be attended to (紧急程度).
package enum Urgency: String, Sendable, CaseIterable, Codable {
    /// 普通
    case normal
    /// 紧急
    case urgent
    /// 特急, starts the emergency procedure (W05, S04)
    case emergency
}

/// How much a complaint matters to the company, whatever its haste (重要性). Rule W05.
package enum Importance: String, Sendable, CaseIterable, Codable {
    /// 一般
    case ordinary
    /// 重要
    case important

    /// What a severity means for it where the pack does not say otherwise: only a general complaint is ordinary.
    package init(of severity: Severity) {
        self = severity == .general ? .ordinary : .important
    }
}

/// A rule that grades (M08).
package struct GradingRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// Absent in the last rule, which takes what the others left.
    package var when: Condition?
    package var severity: Severity
    package var urgency: Urgency
    package var importance: Importance
}

/// Who handles what, and when routing may assign by itself (K06, M10).
package struct AssignmentRules: Sendable, Hashable {
    /// Met when routing may assign without a person; absent when a person always assigns.
    package var automatic: Condition?
    /// In order: the first that is met decides; otherwise the category's department handles.
    package var rules: [AssignmentRule]
    /// Whose people are first responsible (第一责任人, S03), whichever department handles; absent: the department's that
    /// handles.
    package var firstResponsible: DepartmentID?
}

/// Gives complaints that meet a condition to a department, or adds departments that assist (K08).
package struct AssignmentRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var when: Condition
    /// Absent: the category's.
    package var department: DepartmentID?
    package var assisting: [DepartmentID]
}
