import Contracts
import Procedure
import Web

/// The pack's further questions (K14, K16, W09) as fields of a form, for the customer's questionnaire and for callers.
extension FormView {
    mutating func addQuestions(_ questions: [CallbackQuestion], _ context: some PageContext, required: Bool = true) {
        for question in questions {
            let kind: FormField.Kind
            switch question.scale {
            case .oneToFive: kind = .radio(context.satisfactionOptions)
            case .yesNo:
                kind = .radio(["yes", "no"].map { FormField.Option($0, context.text("callback.plain.\($0)")) })
            case .text: kind = .area(rows: 2)
            }
            let isText = question.scale == .text
            add(
                FormField(
                    "answers.\(question.id)", question.title.text(for: context.language.tag), kind,
                    required: required && !isText, most: isText ? 2000 : nil))
        }
    }

    /// The same fields one after the other, for a template.
    func questionFields(_ questions: [CallbackQuestion]) -> [[String: Any]] {
        let answers = data["answers"] as? [String: Any] ?? [:]
        return questions.compactMap { answers[$0.id] as? [String: Any] }
    }
}

extension PageContext {
    /// 5 to 1, in words.
    var satisfactionOptions: [FormField.Option] {
        (1...5).reversed().map { FormField.Option(String($0), text("callback.satisfaction.\($0)")) }
    }

    /// An answer to a question of the pack, in words.
    func words(_ answer: CallbackAnswer) -> String {
        switch CallbackQuestion.Scale(rawValue: answer.scale) {
        case .oneToFive: text("callback.satisfaction.\(answer.answer)")
        case .yesNo: text("callback.plain.\(answer.answer)")
        case .text, nil: answer.answer
        }
    }
}
