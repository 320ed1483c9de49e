import Contracts
import Foundation
import Hummingbird
import Web

/// The page of one complaint for callers: the call, answers noted on the customer's behalf, and the whole conversation.
struct CasePages: Sendable {
    /// How long an opened contact stays open to who opened it.
    static let contactStaysOpen = 3600.0

    let web: CallbackWeb

    func add(to routes: Router<WebContext>) {
        let readers = routes.staff("/callback/cases/{number}", roles: CallbackWeb.readers)
        readers.get { _, context in try await page(try await web.seenNumber(context), context) }
        let callers = routes.staff("/callback/cases/{number}", roles: CallbackWeb.callers)
        callers.post("contact") { _, context in
            let number = try await web.seenNumber(context)
            _ = try await web.file(number)
            try await web.files.openContact(of: number, by: context.identity.name)
            context.logger.notice(
                "Contact opened", metadata: ["ticket": "\(number)", "user": "\(context.identity.name)"])
            return context.redirect(to: "/callback/cases/\(number)")
        }
        callers.post("callbacks") { request, context in
            try await submit(.call, request, context, done: "callback.noted.call") { number, fields in
                let web = try await web.about(number)
                try web.checkMayCall(context.identity)
                let reply = try CallReply(&fields, by: context.identity.actor, web.pack.callback)
                try await web.callbacks.record(about: number, reply.result, call: reply.call, reply.statement)
            }
        }
        callers.post("proposals/{version}/answer") { request, context in
            try await submit(.proposal, request, context, done: "callback.noted.answer") { number, fields in
                let version = try context.count("version", orElse: "callback.refused.noVersion")
                let reply = try ProposalReply(
                    &fields, by: context.identity.actor, draftedAt: try await web.draftedAt(version, of: number),
                    context)
                try await web.proposals.answer(version, of: number, reply.answer, reply.statement)
            }
        }
        callers.post("proposals/{version}/presentation") { request, context in
            try await submit(.presentation, request, context, done: "callback.noted.presentation") { number, fields in
                let version = try context.count("version", orElse: "callback.refused.noVersion")
                let ways = try await web.about(number).tellersWays
                let reply = try PresentationReply(
                    &fields, version: version, ways: ways, by: context.identity.actor,
                    draftedAt: try await web.draftedAt(version, of: number), context)
                try await web.proposals.present(reply.telling, of: number)
            }
        }
        callers.post("soothing") { request, context in
            try await submit(.soothing, request, context, done: "callback.noted.soothing") { number, fields in
                let reply = try SoothingReply(&fields, by: context.identity.actor)
                try await web.callbacks.soothe(
                    number, person: reply.person, note: reply.note, by: context.identity.actor)
            }
        }
        let rulers = routes.staff("/callback/cases/{number}", roles: CallbackWeb.rulers)
        rulers.post("proposals/{version}/ruling") { request, context in
            try await submit(.ruling, request, context, done: "callback.noted.ruling") { number, fields in
                let version = try context.count("version", orElse: "callback.refused.noVersion")
                let reply = try RulingReply(&fields)
                try await web.proposals.rule(
                    version, of: number, reply.verdict, Statement(comment: reply.reason, by: context.identity.actor))
            }
        }
        callers.post("explanation/answer") { request, context in
            try await submit(.explanation, request, context, done: "callback.noted.answer") { number, fields in
                let reply = try ExplanationReply(&fields)
                try await web.answers.answerExplanation(
                    of: number, reply.answer, Statement(comment: reply.comment, by: context.identity.actor))
            }
        }
        callers.post("information/{request}/answer") { request, context in
            let question = try context.count("request", orElse: "callback.refused.noQuestion")
            return try await submit(.question(question), request, context, done: "callback.noted.answer") {
                number, fields in
                let reply = try InformationReply(&fields)
                try await web.answers.answerInformation(
                    question, of: number, reply.answer, by: context.identity.actor)
            }
        }
    }

    private func submit(
        _ form: StaffForm, _ request: Request, _ context: SignedInContext, done: String,
        _ work: (TicketNumber, inout Fields) async throws -> Void
    ) async throws -> Response {
        let number = try await web.seenNumber(context)
        _ = try await web.file(number)
        var fields = try await context.fields(of: request)
        let address = "/callback/cases/\(number)"
        do {
            try await Problem.translating(context) { try await work(number, &fields) }
            return context.redirect(to: address, flash: Phrase(done))
        } catch let problem as Problem where problem.status == .unprocessableContent {
            return try await page(number, context, refused: (form, fields, problem))
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(to: address, flash: problem.detail, isWarning: true)
        }
    }

    private func page(
        _ number: TicketNumber, _ context: SignedInContext, refused: (StaffForm, Fields, Problem)? = nil
    ) async throws -> Response {
        let file = try await web.file(number)
        let isOpened = try await web.files.hasOpenedContact(
            of: number, by: context.identity.name, since: context.now - Self.contactStaysOpen)
        let mayWrite = context.identity.has(any: CallbackWeb.callers)
        let view = CaseView(
            file: file, context: context, mayWrite: mayWrite,
            mayRule: context.identity.has(any: CallbackWeb.rulers), contactIsOpen: isOpened && mayWrite,
            web: web.about(file), refused: refused)
        return try context.page("case", view.data, status: refused == nil ? .ok : .unprocessableContent)
    }
}

/// A form of the case page.
enum StaffForm: Hashable, Sendable {
    case call, proposal, explanation, presentation, ruling, soothing
    case question(Int)

    /// Tells its elements apart from those of the other forms on the page.
    var id: String {
        switch self {
        case .call: "call"
        case .proposal: "proposal"
        case .explanation: "explanation"
        case .presentation: "presentation"
        case .ruling: "ruling"
        case .soothing: "soothing"
        case .question(let request): "question\(request)"
        }
    }
}
