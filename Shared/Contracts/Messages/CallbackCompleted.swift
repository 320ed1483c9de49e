import Foundation

/// `redress.callback.completed.v1`, from Callback. The customer was asked whether the problem is really solved (回访). Rules K14, W11, S12.
public struct CallbackCompleted: Event {
    public static let type = MessageType("callback", "completed")

    public var round: Int
    public var solved: Bool
    /// 1 (not at all) to 5 (fully).
    public var satisfaction: Int
    public var comment: String?
    /// How the customer was asked: `phone`, `questionnaire`, `email`, `letter` or `visit`.
    public var way: String?
    /// The policy pack's further questions.
    public var answers: [CallbackAnswer]?
    /// True when the customer is dissatisfied and talked with before anything else (安抚, K15): another call decides.
    public var soothes: Bool?
    /// The caller, or the customer who filled in a questionnaire.
    public var by: Actor

    public init(
        round: Int = 1, solved: Bool, satisfaction: Int, comment: String? = nil, way: String? = nil,
        answers: [CallbackAnswer]? = nil, soothes: Bool? = nil, by: Actor
    ) {
        self.round = round
        self.solved = solved
        self.satisfaction = satisfaction
        self.comment = comment
        self.way = way
        self.answers = answers
        self.soothes = soothes
        self.by = by
    }
}
