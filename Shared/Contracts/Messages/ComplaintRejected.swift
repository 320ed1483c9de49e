import Foundation

/// `redress.complaint.rejected.v1`, from Routing. Judged invalid; Callback explains it to the customer. Rules K04, S02.
public struct ComplaintRejected: Event {
    public static let type = MessageType("complaint", "rejected")

    /// How often the complaint has been judged, counting from 1.
    public var round: Int
    /// The explanation for the customer.
    public var reason: String
    public var by: Actor
    /// What it was judged under.
    public var policy: PolicyStamp?

    public init(
        round: Int, reason: String, by: Actor, policy: PolicyStamp? = nil
    ) {
        self.round = round
        self.reason = reason
        self.by = by
        self.policy = policy
    }
}
