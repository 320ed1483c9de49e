import Foundation

/// `redress.case.published.v1`, from Reporting. A case was approved and sent to the departments. Rules K17, S13.
public struct CasePublished: Event {
    public static let type = MessageType("case", "published")

    public var title: String
    public var recipients: [DepartmentID]
    public var by: Actor

    public init(
        title: String, recipients: [DepartmentID], by: Actor
    ) {
        self.title = title
        self.recipients = recipients
        self.by = by
    }
}
