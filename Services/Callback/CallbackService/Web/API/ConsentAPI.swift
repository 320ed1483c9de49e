import Contracts
import Foundation
import Hummingbird
import Web

/// The JSON API for staff about proposals and dissatisfied customers: telling the customer, ruling, talking first.
struct ConsentAPI: Sendable {
    let web: CallbackWeb

    func add(to routes: Router<WebContext>) {
        let callers = routes.staff("/callback/api/complaints/{number}", roles: CallbackWeb.callers)
        callers.post("proposals/{version}/presentation") { request, context in
            let number = try await web.seenNumber(context)
            try await present(number, request, context)
            return try await answer(number, context)
        }
        callers.post("soothing") { request, context in
            let number = try await web.seenNumber(context)
            try await soothe(number, request, context)
            return try await answer(number, context)
        }
        let rulers = routes.staff("/callback/api/complaints/{number}", roles: CallbackWeb.rulers)
        rulers.post("proposals/{version}/ruling") { request, context in
            let number = try await web.seenNumber(context)
            try await rule(number, request, context)
            return try await answer(number, context)
        }
    }

    private func present(_ number: TicketNumber, _ request: Request, _ context: SignedInContext) async throws {
        let version = try context.count("version", orElse: "callback.refused.noVersion")
        var fields = try await context.fields(of: request)
        let ways = try await web.about(number).tellersWays
        let reply = try PresentationReply(
            &fields, version: version, ways: ways, by: context.identity.actor,
            draftedAt: try await web.draftedAt(version, of: number), context)
        try await Problem.translating(context) { try await web.proposals.present(reply.telling, of: number) }
    }

    private func rule(_ number: TicketNumber, _ request: Request, _ context: SignedInContext) async throws {
        let version = try context.count("version", orElse: "callback.refused.noVersion")
        var fields = try await context.fields(of: request)
        let reply = try RulingReply(&fields)
        try await Problem.translating(context) {
            try await web.proposals.rule(
                version, of: number, reply.verdict, Statement(comment: reply.reason, by: context.identity.actor))
        }
    }

    private func soothe(_ number: TicketNumber, _ request: Request, _ context: SignedInContext) async throws {
        var fields = try await context.fields(of: request)
        let reply = try SoothingReply(&fields, by: context.identity.actor)
        try await Problem.translating(context) {
            try await web.callbacks.soothe(
                number, person: reply.person, note: reply.note, by: context.identity.actor)
        }
    }

    private func answer(_ number: TicketNumber, _ context: SignedInContext) async throws -> Response {
        try await context.json(web.document(of: number, context))
    }
}

extension CallbackWeb {
    /// The answer of the API about a complaint.
    /// - Throws: `Problem` with 404.
    func document(of number: TicketNumber, _ context: some PageContext) async throws -> CaseDocument {
        let file = try await file(number)
        return CaseDocument(file, about(file).pack, context)
    }

    /// When a version was drafted. Whoever was told of it, or signed, did so later; Callback itself may have heard of it later
    /// still.
    /// - Throws: `Problem` with 404 for a version that was never proposed.
    func draftedAt(_ version: Int, of number: TicketNumber) async throws -> Date {
        guard let proposal = try await file(number).proposals.first(where: { $0.version == version }) else {
            throw Problem.notFound(Phrase("callback.refused.noVersion"))
        }
        return proposal.solution.draftedAt
    }

    /// The ways in which staff tell the customer of a proposal: what the pack says, apart from the customer's own page.
    var tellersWays: [String] {
        let ways = pack.consent.ways.filter { $0 != .page && $0 != .questionnaire }.map(\.rawValue)
        return ways.isEmpty ? ["phone"] : ways
    }

    /// Whether somebody may call customers back: the pack may say of which department callers are (K14).
    /// - Throws: `Problem` with 403.
    func checkMayCall(_ identity: Identity) throws(Problem) {
        guard let department = pack.callback.by, !identity.belongs(to: department.text) else { return }
        let title = pack.department(department)?.title ?? LocalizedText(zhHans: department.text, en: department.text)
        throw .forbidden(
            Phrase("callback.refused.otherDepartment", ["zh": title.zhHans, "en": title.en]))
    }

    /// Whether customers fill in a questionnaire under this pack.
    /// - Throws: `Problem` with 409.
    func checkQuestionnaire() throws(Problem) {
        guard pack.callback.offersQuestionnaire else { throw .conflict(Phrase("callback.refused.noQuestionnaire")) }
    }
}
