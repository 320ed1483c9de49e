import Foundation

/// `redress.complaint.chased.v1`, from Intake. The customer asks where the complaint stands (催单).
public struct ComplaintChased: Event {
    public static let type = MessageType("complaint", "chased")

    public var comment: String?
    public var by: Actor

    public init(
        comment: String? = nil, by: Actor
    ) {
        self.comment = comment
        self.by = by
    }
}
