import Contracts
import Foundation
import Procedure
import Web

/// How a callback or questionnaire went (K14, W11), with the pack's further questions (K16, W09).
struct CallReply {
    let result: CallResult
    let statement: Statement
    /// The number that the call is expected to get.
    let call: Int?

    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields, by actor: Actor, _ terms: CallbackTerms) throws {
        // A customer who answers has been reached.
        let isReached = actor.kind == .customer ? true : fields.yesOrNo("reached", default: true)
        let comment = fields.text("comment", most: 2000)
        call = fields.integer("call", in: 1...100_000)
        let way = actor.kind == .customer ? ContactWay.questionnaire.rawValue : Self.way(&fields, terms)
        guard isReached != false else {
            Self.refuseAnswers(&fields)
            try fields.check()
            result = .notReached
            statement = Statement(comment: comment, way: way, by: actor)
            return
        }
        let solved = fields.yesOrNo("solved", default: nil)
        let satisfaction = fields.integer("satisfaction", in: 1...5, required: true)
        let answers = terms.questions.compactMap { Self.answer($0, &fields) }
        try fields.check()
        guard let solved, let satisfaction else { throw Problem.unexpected }
        result = .reached(solved: solved, satisfaction: satisfaction)
        statement = Statement(comment: comment, way: way, answers: answers, by: actor)
    }

    /// Who was not reached has said nothing: a program or a caller who notes both has mixed something up.
    private static func refuseAnswers(_ fields: inout Fields) {
        for name in ["solved", "satisfaction"] {
            let isSaid = fields.isForm ? fields.typed(name)?.isEmpty == false : fields.has(name)
            if isSaid { fields.refuse(name, "callback.refused.answerUnreached") }
        }
    }

    /// One of the pack's ways; the first of them when nothing is said.
    private static func way(_ fields: inout Fields, _ terms: CallbackTerms) -> String? {
        let ways = terms.callersWays.map(\.rawValue)
        return fields.choice("way", of: ways, required: false) ?? ways.first
    }

    /// In a form whoever fills it in answers every scale; a program may leave out what it does not know.
    private static func answer(_ question: CallbackQuestion, _ fields: inout Fields) -> CallbackAnswer? {
        let name = "answers.\(question.id)"
        let answer: String?
        switch question.scale {
        case .oneToFive: answer = fields.integer(name, in: 1...5, required: fields.isForm).map(String.init)
        case .yesNo:
            let isAsked = fields.isForm || fields.has(name)
            answer = isAsked ? fields.yesOrNo(name, default: nil).map { $0 ? "yes" : "no" } : nil
        case .text: answer = fields.text(name, most: 2000)
        }
        return answer.map {
            CallbackAnswer(question: question.id, title: question.title, scale: question.scale.rawValue, answer: $0)
        }
    }
}

/// What is sent to note that a dissatisfied customer was talked with (K15).
struct SoothingReply {
    let person: String
    let note: String

    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields, by actor: Actor) throws {
        let person = fields.personName("person") ?? actor.name
        let note = fields.text("note", required: true, most: 2000)
        try fields.check()
        guard let person, let note else { throw Problem.unexpected }
        self.person = person
        self.note = note
    }
}

extension CallbackTerms {
    /// The ways in which staff ask the customer; by phone where the pack knows only questionnaires.
    var callersWays: [ContactWay] {
        let ways = ways.filter { $0 != .questionnaire && $0 != .page }
        return ways.isEmpty ? [.phone] : ways
    }

    /// Whether the customer can fill in a questionnaire on their own page.
    var offersQuestionnaire: Bool { ways.contains(.questionnaire) || ways.contains(.page) }
}

extension Fields {
    /// Yes or no, which has to be said unless there is a default: a JSON boolean, or `yes` or `no` from a form.
    fileprivate mutating func yesOrNo(_ name: String, default fallback: Bool?) -> Bool? {
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
