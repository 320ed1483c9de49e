import Contracts
import Foundation
import Web

/// What is sent to answer a proposal (K11, K12, M17), with what proves it.
struct ProposalReply {
    let answer: ProposalAnswer
    let statement: Statement

    /// - Parameter draftedAt: Nobody answers what nobody had written yet.
    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields, by actor: Actor, draftedAt: Date?, _ context: some PageContext) throws {
        let answer = fields.choice("answer", of: ProposalAnswer.self)
        let comment = fields.text("comment", most: 2000)
        let request = fields.text("request", most: 2000)
        if answer == .decline, comment == nil, !fields.isRefused("comment") {
            fields.refuse("comment", "callback.refused.objection")
        }
        let evidence =
            actor.kind == .customer
            ? AnswerEvidence(kind: .code, at: context.now)
            : Self.evidence(&fields, comment, draftedAt: draftedAt, context)
        try fields.check()
        guard let answer, let evidence else { throw Problem.unexpected }
        self.answer = answer
        statement = Statement(comment: comment, request: request, evidence: evidence, by: actor)
    }

    /// What somebody of the staff has who notes a customer's answer: whom they spoke with, when and what was said, or who
    /// signed on which day.
    private static func evidence(
        _ fields: inout Fields, _ comment: String?, draftedAt: Date?, _ context: some PageContext
    ) -> AnswerEvidence? {
        let kinds = [AnswerEvidence.Kind.phone, .signature].map(\.rawValue)
        let kind = fields.choice("evidence.kind", of: kinds).flatMap(AnswerEvidence.Kind.init)
        let person = fields.personName("evidence.person", required: true)
        let at = fields.past("evidence.at", required: kind == .signature, since: draftedAt, context)
        let note = fields.text("evidence.note", most: 2000) ?? comment
        if kind == .phone, note == nil, !fields.isRefused("evidence.note") {
            fields.refuse("evidence.note", "callback.refused.whatWasSaid")
        }
        guard let kind, let person else { return nil }
        return AnswerEvidence(kind: kind, person: person, at: at ?? context.now, note: note)
    }
}

/// What is sent to note that the customer was told of a proposal (K10, M16, S08).
struct PresentationReply {
    let telling: Telling

    /// - Parameters:
    ///   - ways: those of the pack.
    ///   - draftedAt: nobody is told of a solution before there is one.
    /// - Throws: `Problem` with 422.
    init(
        _ fields: inout Fields, version: Int, ways: [String], by actor: Actor, draftedAt: Date?,
        _ context: some PageContext
    ) throws {
        let way = fields.choice("way", of: ways)
        let at = fields.past("at", since: draftedAt, context)
        let with = fields.text("with", most: 200)
        let note = fields.text("note", most: 2000)
        try fields.check()
        guard let way else { throw Problem.unexpected }
        telling = Telling(version: version, way: way, at: at ?? context.now, with: with, note: note, by: actor)
    }
}

/// What is sent to rule where customer and department do not agree (K12, M17).
struct RulingReply {
    let verdict: RulingVerdict
    let reason: String

    /// - Throws: `Problem` with 422.
    init(_ fields: inout Fields) throws {
        let verdict = fields.choice("verdict", of: RulingVerdict.self)
        let reason = fields.text("reason", required: true, most: 2000)
        try fields.check()
        guard let verdict, let reason else { throw Problem.unexpected }
        self.verdict = verdict
        self.reason = reason
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

extension Fields {
    /// An instant that has passed.
    /// - Parameter since: what it cannot lie before.
    mutating func past(
        _ name: String, required: Bool = false, since: Date? = nil, _ context: some PageContext
    ) -> Date? {
        guard let instant = time(name, required: required, timeZone: context.site.settings.timeZone) else { return nil }
        // Clocks differ a little, and a form knows minutes only.
        guard instant <= context.now.addingTimeInterval(60) else {
            refuse(name, "callback.refused.future")
            return nil
        }
        if let since, instant < since.addingTimeInterval(-60) {
            refuse(name, "callback.refused.beforeProposal")
            return nil
        }
        return min(instant, context.now)
    }
}
