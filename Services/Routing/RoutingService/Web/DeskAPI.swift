import Contracts
import Hummingbird
import Web

/// The JSON API of the triage desk, described in `docs/api/routing.yaml`.
struct DeskAPI: Sendable {
    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        let readers = routes.staff("/routing/api/complaints", roles: RoutingWeb.readers)
        readers.get { _, context in try await list(context) }
        readers.get("{number}") { _, context in
            let number = try context.ticketNumber()
            try await web.check(number, context)
            let dossier = try await web.dossier(number)
            let calendar = web.pack(of: dossier.record).calendar
            return try context.json(
                DossierAnswer(dossier, web.sight(context), now: context.now, calendar: calendar))
        }
        PolicyAPI(web: web).add(to: routes)
        let deciders = routes.staff("/routing/api/complaints/{number}", roles: RoutingWeb.deciders)
        deciders.post("judgement") { request, context in try await judge(request, context) }
        deciders.post("assignment") { request, context in try await assign(request, context) }
        routes.staff("/routing/api/complaints/{number}", roles: RoutingWeb.mergers)
            .post("merge") { request, context in try await merge(request, context) }
        routes.staff("/routing/api/complaints/{number}", roles: RoutingWeb.urgers)
            .post("urging") { request, context in try await urge(request, context) }
    }

    private func list(_ context: SignedInContext) async throws -> Response {
        let query = try ListQuery(context.visit.uri.query ?? "", view: .all, order: .newest, pack: web.pack)
        let page = try await web.store.page(query.filter, after: query.cursor, limit: query.limit)
        return try context.json(
            ComplaintListAnswer(
                complaints: page.records.filter(web.sight(context).sees).map(ComplaintAnswer.init),
                next: page.next?.text))
    }

    private func judge(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        var fields = try await context.fields(of: request)
        let order = try OrderReading(pack: web.pack).judgement(&fields)
        let record = try await Problem.translating {
            try await web.desk.judge(number, order, by: context.identity.name)
        }
        return try context.json(ComplaintAnswer(record))
    }

    private func assign(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        var fields = try await context.fields(of: request)
        let order = try OrderReading(pack: web.pack).assignment(&fields)
        let record = try await Problem.translating {
            try await web.desk.assign(
                number, order, by: context.identity.name,
                isSupervisor: context.identity.has(any: RoutingWeb.supervisors))
        }
        return try context.json(ComplaintAnswer(record))
    }

    private func merge(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        var fields = try await context.fields(of: request)
        let order = try OrderReading(pack: web.pack).merge(&fields)
        let record = try await Problem.translating {
            try await web.desk.merge(number, into: order.into, reason: order.reason, by: context.identity.name)
        }
        return try context.json(ComplaintAnswer(record))
    }

    private func urge(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        var fields = try await context.fields(of: request)
        let comment = try OrderReading(pack: web.pack).urging(&fields)
        let record = try await Problem.translating {
            try await web.desk.urge(number, comment: comment, by: context.identity.name)
        }
        return try context.json(ComplaintAnswer(record))
    }
}
