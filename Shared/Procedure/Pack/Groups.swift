import Contracts

/// When complaints are handled by a group, and how it works (重大投诉处理小组). Rules K08, K09, K10.
package struct GroupRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    package var when: Condition
    /// Leads; absent: the department that is responsible.
    package var lead: DepartmentID?
    /// Take part besides those that the assignment names.
    package var assisting: [DepartmentID]
    /// True when every assisting department owes an opinion (专业意见).
    package var opinionsOwed: Bool
    /// True when every department's head must confirm taking part (负责人必须参加).
    package var headsConfirm: Bool
    /// Who of top management takes part; empty for nobody.
    package var management: [String]
    /// When they do (必要时); absent: always.
    package var managementWhen: Condition?
    /// Presents the solution together with the leader.
    package var presentsWith: DepartmentID?
    /// True when the findings record a verification on site (现场确认).
    package var verifiesOnSite: Bool
    /// True when the findings name the cause (原因分析).
    package var analysesCause: Bool
}

/// What is told to whom at once, before and beside the normal course (应急处理). Rules S04, W05.
package struct EmergencyProcedure: Sendable, Hashable {
    package var title: LocalizedText
    package var when: Condition
    /// The department that is told at once.
    package var team: DepartmentID
    /// What the team does first.
    package var measures: LocalizedText
}

/// Raises a complaint beyond the departments (上报). Rules V05–V08, W16, S16.
package struct RaisingRule: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// Asked whenever something happens; a rule raises a complaint once.
    package var when: Condition
    /// Ids of escalation targets, parties outside or departments.
    package var to: [String]
    package var form: Form
    package var purpose: Purpose
    /// After it became necessary.
    package var within: Allowance

    package enum Form: String, Sendable, CaseIterable {
        /// By telephone or message.
        case told
        /// A document (书面报告, V06).
        case written
    }

    package enum Purpose: String, Sendable, CaseIterable {
        /// They are to know.
        case information
        /// They are to help (取得支持, V05).
        case support
        /// They decide (W16, V08).
        case decision
    }
}
