import Foundation

/// `redress.complaint.accepted.v1`, from Routing. Judged valid and graded. Rules K03, M07–M09.
public struct ComplaintAccepted: Event {
    public static let type = MessageType("complaint", "accepted")

    /// How often the complaint has been judged, counting from 1.
    public var round: Int
    public var severity: Severity
    /// The category's id in the pack.
    public var category: String
    public var categoryTitle: LocalizedText
    public var policy: PolicyStamp
    public var explanations: [Explanation]
    public var by: Actor

    public init(
        round: Int, severity: Severity, category: String, categoryTitle: LocalizedText, policy: PolicyStamp,
        explanations: [Explanation] = [], by: Actor
    ) {
        self.round = round
        self.severity = severity
        self.category = category
        self.categoryTitle = categoryTitle
        self.policy = policy
        self.explanations = explanations
        self.by = by
    }
}
