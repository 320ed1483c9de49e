import Foundation

/// `redress.case.distributed.v1`, from Reporting. A published case (案例) is sent to a department, to be read there (案例下发).
/// Without the customer's personal data. Rules K17, M18.
public struct CaseDistributed: Event {
    public static let type = MessageType("case", "distributed")

    public var department: DepartmentID
    /// Which case of the library; a complaint may become several.
    public var caseFile: Int
    public var title: String
    /// 背景
    public var background: String
    /// 原因分析
    public var cause: String
    /// 处理经过
    public var handling: String
    /// 经验教训
    public var lesson: String
    /// Who approved it.
    public var by: Actor
    /// What the pack calls who approved it.
    public var byTitle: LocalizedText?

    public init(
        department: DepartmentID, caseFile: Int, title: String, background: String, cause: String, handling: String,
        lesson: String, by: Actor, byTitle: LocalizedText? = nil
    ) {
        self.department = department
        self.caseFile = caseFile
        self.title = title
        self.background = background
        self.cause = cause
        self.handling = handling
        self.lesson = lesson
        self.by = by
        self.byTitle = byTitle
    }

    public var routedDepartment: DepartmentID? { department }
}
