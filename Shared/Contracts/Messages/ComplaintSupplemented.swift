import Foundation

/// `redress.complaint.supplemented.v1`, from Intake. The customer added to what was said.
public struct ComplaintSupplemented: Event {
    public static let type = MessageType("complaint", "supplemented")

    public var narrative: String
    public var evidence: [EvidenceReference]
    public var by: Actor

    public init(
        narrative: String, evidence: [EvidenceReference] = [], by: Actor
    ) {
        self.narrative = narrative
        self.evidence = evidence
        self.by = by
    }
}
