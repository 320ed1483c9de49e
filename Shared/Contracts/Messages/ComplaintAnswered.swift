import Foundation

/// `redress.complaint.answered.v1`, from Routing. An enquiry (咨询) or suggestion was answered; Callback gives the answer. Rule S05.
public struct ComplaintAnswered: Event {
    public static let type = MessageType("complaint", "answered")

    public var answer: String
    public var by: Actor
    /// What it was judged under.
    public var policy: PolicyStamp?

    public init(
        answer: String, by: Actor, policy: PolicyStamp? = nil
    ) {
        self.answer = answer
        self.by = by
        self.policy = policy
    }
}
