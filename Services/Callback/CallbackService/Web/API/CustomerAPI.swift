import Contracts
import Foundation
import Hummingbird
import Web

/// The JSON API of one complaint, for its customer with the code, and for callers with a token on the customer's
/// behalf: then the answer's evidence is who took it (K10).
struct CustomerAPI: Sendable {
    let web: CallbackWeb

    func add(to routes: Router<WebContext>) {
        let complaint = routes.group("/callback/api/complaints/{number}")
        complaint.get { _, context in
            let number = try context.ticketNumber()
            let actor = try await speaker(number, context, roles: CallbackWeb.readers)
            if actor.kind == .customer {
                try await web.noteReading(
                    of: try await web.file(number), by: context.signedIn, at: context.now)
            }
            return try await answer(number, context)
        }
        complaint.post("proposals/{version}/answer") { request, context in
            let number = try context.ticketNumber()
            let actor = try await speaker(number, context, roles: CallbackWeb.callers)
            let version = try context.count("version", orElse: "callback.refused.noVersion")
            var fields = try await web.fields(of: request, about: number, context)
            let reply = try ProposalReply(
                &fields, by: actor, draftedAt: try await web.draftedAt(version, of: number), context)
            try await Problem.translating(context) {
                try await web.proposals.answer(version, of: number, reply.answer, reply.statement)
            }
            return try await answer(number, context)
        }
        complaint.post("explanation/answer") { request, context in
            let number = try context.ticketNumber()
            let actor = try await speaker(number, context, roles: CallbackWeb.callers)
            var fields = try await web.fields(of: request, about: number, context)
            let reply = try ExplanationReply(&fields)
            try await Problem.translating(context) {
                try await web.answers.answerExplanation(
                    of: number, reply.answer, Statement(comment: reply.comment, by: actor))
            }
            return try await answer(number, context)
        }
        complaint.post("information/{request}/answer") { request, context in
            let number = try context.ticketNumber()
            let actor = try await speaker(number, context, roles: CallbackWeb.callers)
            let question = try context.count("request", orElse: "callback.refused.noQuestion")
            var fields = try await web.fields(of: request, about: number, context)
            let reply = try InformationReply(&fields)
            try await Problem.translating(context) {
                try await web.answers.answerInformation(question, of: number, reply.answer, by: actor)
            }
            return try await answer(number, context)
        }
        complaint.post("survey") { request, context in
            let number = try context.ticketNumber()
            try await web.gate.admit(number, code: context.query("code") ?? "", context)
            var fields = try await web.fields(of: request, about: number, context)
            let web = try await web.about(number)
            try web.checkQuestionnaire()
            let reply = try CallReply(&fields, by: .customer, web.pack.callback)
            try await Problem.translating(context) {
                try await web.callbacks.record(about: number, reply.result, call: reply.call, reply.statement)
            }
            return try await answer(number, context)
        }
    }

    /// Who speaks: the customer who has the code, or somebody of the staff with a token. A session cookie does not do
    /// here: a browser sends it wherever another site leads it.
    private func speaker(_ number: TicketNumber, _ context: WebContext, roles: Set<Role>) async throws -> Actor {
        if let identity = context.signedIn, identity.proof == .bearer || context.isReading {
            guard identity.has(any: roles) else { throw Problem.forbidden(Phrase("problem.forbidden.role")) }
            try await web.check(number, identity)
            return identity.actor
        }
        if context.visit.hasBadToken { throw Problem.unauthenticated }
        try await web.gate.admit(number, code: context.query("code") ?? "", context)
        return .customer
    }

    private func answer(_ number: TicketNumber, _ context: WebContext) async throws -> Response {
        try await context.json(web.document(of: number, context))
    }
}

extension PageContext {
    /// True when the request changes nothing.
    fileprivate var isReading: Bool { visit.head.method == .get || visit.head.method == .head }

    /// A number that counts something, from the path.
    /// - Throws: `Problem` with 404.
    func count(_ parameter: String, orElse key: String) throws(Problem) -> Int {
        guard let count = parameters.get(parameter).flatMap({ Int($0) }), count > 0 else {
            throw .notFound(Phrase(key))
        }
        return count
    }
}
