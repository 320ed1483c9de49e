import Contracts
import Web

/// What is sent to answer a proposal (K11, K12).
struct ProposalReply {
    let answer: ProposalAnswer
    let comment: String?

    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields) throws {
        let answer = fields.choice("answer", of: ProposalAnswer.self)
        comment = fields.text("comment", most: 2000)
        if answer == .decline, comment == nil, !fields.problems.contains(where: { $0.pointer == "/comment" }) {
            fields.refuse("comment", "callback.refused.objection")
        }
        try fields.check()
        guard let answer else { throw Problem.unexpected }
        self.answer = answer
    }
}

/// What is sent to answer an explanation (K04).
struct ExplanationReply {
    let answer: ExplanationAnswer
    let comment: String?

    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields) throws {
        let answer = fields.choice("answer", of: ExplanationAnswer.self)
        comment = fields.text("comment", most: 2000)
        try fields.check()
        guard let answer else { throw Problem.unexpected }
        self.answer = answer
    }
}

/// What is sent to answer a department's question (W18).
struct InformationReply {
    let answer: String

    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields) throws {
        let answer = fields.text("answer", required: true, most: 4000)
        try fields.check()
        guard let answer else { throw Problem.unexpected }
        self.answer = answer
    }
}

/// How a callback or survey went (K14, W11).
struct CallReply {
    let result: CallResult
    let comment: String?
    /// The number that the call is expected to get.
    let call: Int?

    /// - Parameter isSurvey: a customer who answers has been reached.
    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields, isSurvey: Bool) throws {
        let isReached = isSurvey ? true : fields.answer("reached", default: true)
        comment = fields.text("comment", most: 2000)
        call = fields.integer("call", in: 1...100_000)
        guard isReached != false else {
            try fields.check()
            result = .notReached
            return
        }
        let solved = fields.answer("solved", default: nil)
        let satisfaction = fields.integer("satisfaction", in: 1...5, required: true)
        try fields.check()
        guard let solved, let satisfaction else { throw Problem.unexpected }
        result = .reached(solved: solved, satisfaction: satisfaction)
    }
}

extension Fields {
    /// Yes or no, which has to be said unless there is a default: a JSON boolean, or `yes` or `no` from a form.
    fileprivate mutating func answer(_ name: String, default fallback: Bool?) -> Bool? {
        if isForm {
            let word = choice(name, of: ["yes", "no"], required: fallback == nil)
            return word.map { $0 == "yes" } ?? fallback
        }
        let before = problems.count
        if let answer = flag(name) { return answer }
        if fallback == nil, problems.count == before { refuse(name, "validation.required") }
        return problems.count == before ? fallback : nil
    }
}
