import Foundation

/// `redress.complaint.received.v1`, from Intake. A complaint was accepted and has its number. Rules M03, M06, K03.
public struct ComplaintReceived: Event {
    public static let type = MessageType("complaint", "received")

    public var complaint: Complaint
    /// SHA-256 of `number:code` in lower-case hexadecimal: the code itself is known to the customer alone.
    public var trackingCodeHash: String
    /// What settled it on the spot; absent when it goes on (M05).
    public var settledOutcome: String?

    public init(
        complaint: Complaint, trackingCodeHash: String, settledOutcome: String? = nil
    ) {
        self.complaint = complaint
        self.trackingCodeHash = trackingCodeHash
        self.settledOutcome = settledOutcome
    }
}
