/// An answer to a question of the policy pack's callback record (投诉回访情况记录表). Rules K14, K16, W09.
public struct CallbackAnswer: Hashable, Sendable, Codable {
    /// The question's id in the pack.
    public var question: String
    public var title: LocalizedText
    /// How it is answered: `oneToFive`, `yesNo` or `text`.
    public var scale: String
    /// `1` to `5`, `yes` or `no`, or the customer's words.
    public var answer: String

    public init(question: String, title: LocalizedText, scale: String, answer: String) {
        self.question = question
        self.title = title
        self.scale = scale
        self.answer = answer
    }
}
