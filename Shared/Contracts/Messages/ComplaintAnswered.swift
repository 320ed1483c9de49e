import Foundation

/// `redress.complaint.answered.v1`, from Routing. An enquiry (咨询) or suggestion was answered; Callback gives the answer. Rule S05.
public struct ComplaintAnswered: Event {
    public static let type = MessageType("complaint", "answered")

    public var answer: String
    public var by: Actor

    public init(
        answer: String, by: Actor
    ) {
        self.answer = answer
        self.by = by
    }
}
