import Foundation

/// `redress.explanation.disputed.v1`, from Callback. The customer does not; the complaint is judged again. Rule K04.
public struct ExplanationDisputed: Event {
    public static let type = MessageType("explanation", "disputed")

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
