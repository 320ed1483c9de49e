import Contracts
import Foundation

/// One thing that a complaint asks of somebody just now (待我处理): the page of the department that `department` names is
/// where they do it. Rules K08, K09, M15, S03, S07.
struct PersonalDuty: Hashable, Sendable {
    enum Kind: String, Sendable, CaseIterable {
        /// 审批: a solution waits for their approval (M15, S07).
        case approval
        /// 专业意见: their department owes the lead its opinion (K09).
        case opinion
        /// 确认参加: they have to say that they take part in the handling group (K08).
        case participation
        /// 第一责任人: they answer for the complaint until its end (S03).
        case owner
    }

    var kind: Kind
    /// A sign-in name, or one of the keys of `DutyKey` for whoever has a role in a department.
    var person: String
    /// Where it is done.
    var department: DepartmentID
    var since: Date
    /// The level of the approval.
    var title: LocalizedText?
    /// Who drafted what waits for approval: nobody approves what they drafted.
    var drafter: String?
    /// For whose eyes the case is; absent for everybody's.
    var audience: Audience?

    /// Whether it is for somebody's eyes. Who is asked by name sees what they are asked about, unless it is about them (W21).
    func isSeen(by viewer: Viewer) -> Bool {
        guard viewer.name != drafter else { return false }
        return audience?.with(people: [person == viewer.name ? viewer.name : nil]).admits(viewer) ?? true
    }
}

/// Stands for those who are asked by what they are, not by name: no sign-in name has a star in it.
enum DutyKey {
    /// Who works on cases in a department.
    static func staff(of department: DepartmentID) -> String { "*\(department.text)" }
    /// Who heads a department.
    static func head(of department: DepartmentID) -> String { "*head:\(department.text)" }

    /// Under which keys somebody's duties stand. Management stands in for heads, but is not asked for each of their
    /// approvals.
    static func all(of viewer: Viewer) -> [String] {
        guard let department = viewer.department else { return [viewer.name] }
        let isHead = viewer.roles.contains("head")
        let isStaff = isHead || viewer.roles.contains("handler")
        return [viewer.name] + (isStaff ? [staff(of: department)] : []) + (isHead ? [head(of: department)] : [])
    }
}
