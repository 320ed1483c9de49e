import Foundation

/// `redress.explanation.accepted.v1`, from Callback. The customer accepts why the complaint is invalid. Rule K04.
public struct ExplanationAccepted: Event {
    public static let type = MessageType("explanation", "accepted")

    public var round: Int
    public var comment: String?
    public var by: Actor

    public init(
        round: Int, comment: String? = nil, by: Actor
    ) {
        self.round = round
        self.comment = comment
        self.by = by
    }
}
