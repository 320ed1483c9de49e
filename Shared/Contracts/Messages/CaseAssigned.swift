import Foundation

/// `redress.case.assigned.v1`, from Routing. A department is to handle the complaint. It holds all that the department needs: nothing is to be asked back.
/// Rules K06, M10, W04, S03.
public struct CaseAssigned: Event {
    public static let type = MessageType("case", "assigned")

    /// Counts the complaint's assignments from 1; every department of one assignment has the same.
    public var assignment: Int
    public var role: CaseRole
    public var department: DepartmentID
    public var departmentTitle: LocalizedText
    /// The department that owes the solution.
    public var lead: DepartmentID
    /// Departments that owe an opinion.
    public var assisting: [DepartmentID]
    /// The first responsible person (第一责任人), a sign-in name.
    public var owner: String?
    public var severity: Severity
    public var category: String
    public var categoryTitle: LocalizedText
    /// Why this department, in words.
    public var reason: String
    public var explanations: [Explanation]
    public var policy: PolicyStamp
    public var complaint: Complaint
    public var deadlines: [Deadline]
    public var authority: Authority
    /// The version of the next solution of this complaint.
    public var nextSolutionVersion: Int
    /// 1 at first, and one more for each rework.
    public var round: Int
    /// True after so many returns that this assignment may not be returned again (强制裁定).
    public var isRuling: Bool
    public var by: Actor
    /// The head of this department (部门负责人), a sign-in name.
    public var head: String?
    /// The group that handles it together (处理小组, K08); absent when one department does.
    public var group: HandlingGroup?
    /// What the departments of this assignment are called, by their ids.
    public var titles: [String: LocalizedText]?
    /// What people call the next solution of this complaint; absent in messages from before solutions were counted: as its
    /// version.
    public var nextSolutionNumber: Int?
    /// For whose eyes it is; absent for everybody's.
    public var audience: Audience?
    /// What the pack calls what is named here by ids; absent in messages from before it was said.
    public var words: CaseWords?
    /// By role, which of the customer's data it sees masked (M18): `name`, `phone`, `email`, `address`, `orderNumber`. A role
    /// that is not named sees all of them masked. Absent where the pack says nothing.
    public var masks: [String: [String]]?

    public init(
        assignment: Int, role: CaseRole, department: DepartmentID, departmentTitle: LocalizedText, lead: DepartmentID,
        assisting: [DepartmentID] = [], owner: String? = nil, severity: Severity, category: String,
        categoryTitle: LocalizedText, reason: String, explanations: [Explanation] = [], policy: PolicyStamp,
        complaint: Complaint, deadlines: [Deadline] = [], authority: Authority, nextSolutionVersion: Int = 1,
        round: Int = 1, isRuling: Bool = false, by: Actor, head: String? = nil,
        group: HandlingGroup? = nil, titles: [String: LocalizedText]? = nil, nextSolutionNumber: Int? = nil,
        audience: Audience? = nil, words: CaseWords? = nil, masks: [String: [String]]? = nil
    ) {
        self.assignment = assignment
        self.role = role
        self.department = department
        self.departmentTitle = departmentTitle
        self.lead = lead
        self.assisting = assisting
        self.owner = owner
        self.severity = severity
        self.category = category
        self.categoryTitle = categoryTitle
        self.reason = reason
        self.explanations = explanations
        self.policy = policy
        self.complaint = complaint
        self.deadlines = deadlines
        self.authority = authority
        self.nextSolutionVersion = nextSolutionVersion
        self.round = round
        self.isRuling = isRuling
        self.by = by
        self.head = head
        self.group = group
        self.titles = titles
        self.nextSolutionNumber = nextSolutionNumber
        self.audience = audience
        self.words = words
        self.masks = masks
    }

    public var routedDepartment: DepartmentID? { department }
}

/// What a department owes in a case.
public enum CaseRole: String, Sendable, Codable, CaseIterable {
    /// The solution.
    case lead
    /// An opinion.
    case assisting
}
