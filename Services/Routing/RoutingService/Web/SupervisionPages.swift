import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// The supervision board (督办): what is overdue or about to be, by department and person, with one action to urge.
/// Rules W10, S16.
struct SupervisionPages: Sendable {
    static let address = "/routing/supervision"

    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        routes.staff("/routing/supervision", roles: RoutingWeb.watchers).get { _, context in try await board(context) }
        routes.staff("/routing/supervision", roles: RoutingWeb.urgers).post("urging") { request, context in
            try await urge(request, context)
        }
        routes.staff("/routing/api/supervision", roles: RoutingWeb.watchers).get { _, context in
            let query = try SupervisionQuery(context.visit.uri.query ?? "", pack: web.pack)
            let page = try await web.board(query, context)
            return try context.json(SupervisionAnswer(page, try await openNotices(context)))
        }
    }

    private func board(_ context: SignedInContext) async throws -> Response {
        let query = try SupervisionQuery(context.visit.uri.query ?? "", pack: web.pack)
        let page = try await web.board(query, context)
        let wording = Wording(context: context, pack: web.pack)
        var data = SupervisionView(query, page, wording).data
        if web.pack.supervision != nil {
            let view = NoticeView(wording: wording, web: web)
            let notices = try await openNotices(context).map { view.row($0) }
            data["inspections"] =
                ["notices": notices, "hasNotices": !notices.isEmpty, "mayOrder": web.isInspector(context)]
                as [String: Any]
        }
        return try context.page("supervision", data)
    }

    /// Rectification notices (整改通知) that are not done with, what is due first on top (W20).
    private func openNotices(_ context: SignedInContext) async throws -> [ListedNotice] {
        web.pack.supervision == nil ? [] : try await web.notices(.open, context)
    }

    private func urge(_ request: Request, _ context: SignedInContext) async throws -> Response {
        var fields = try await context.fields(of: request)
        let text = fields.text("number", required: true, most: 40)
        let number = text.flatMap { TicketNumber($0) }
        if text != nil, number == nil { fields.refuse("number", "routing.refused.notANumber") }
        let comment = fields.text("comment", required: true, most: OrderReading.longest)
        let back = SupervisionQuery.address(fields.text("query", most: 400) ?? "")
        try fields.check()
        guard let number, let comment else { throw Problem.unexpected }
        try await web.check(number, context)
        do {
            try await Problem.translating {
                _ = try await web.desk.urge(number, comment: comment, by: context.identity.name)
            }
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: back, flash: problem.detail ?? Phrase("problem.conflict.text"), isWarning: true)
        }
        return context.redirect(to: back, flash: Phrase("routing.supervision.urged", ["number": number.text]))
    }
}

extension RoutingWeb {
    /// A page of the board without what is not for the reader's eyes (W21).
    func board(_ query: SupervisionQuery, _ context: SignedInContext) async throws -> SupervisionPage {
        let sight = sight(context)
        var page = try await store.supervision(
            query.filter, after: query.cursor, limit: query.limit, sees: sight.sees)
        let numbers = Set(page.clocks.map(\.clock.number) + page.requests.map(\.record.number))
        let hidden = try await store.database.read { db in
            try numbers.filter { number in try ComplaintTable.find(number, in: db).map { !sight.sees($0) } ?? false }
        }
        page.clocks.removeAll { hidden.contains($0.clock.number) }
        page.requests.removeAll { hidden.contains($0.record.number) }
        return page
    }
}

/// What of the board an address asks for: `?standing=overdue&holder=logistics&owner=li&cursor=…`.
struct SupervisionQuery: Sendable {
    enum Standing: String, Sendable, CaseIterable {
        case overdue, approaching
    }

    var filter: SupervisionFilter
    var cursor: PressingCursor?
    var limit: Int

    /// - Throws: `Problem` with 422 that names what of the address is wrong.
    init(_ query: String, pack: PolicyPack) throws(Problem) {
        var fields = Fields(form: try URLEncodedForm.parse(query))
        let holders = ["desk", "customer", "callback"] + pack.departments.map(\.id.text)
        let standing = fields.choice("standing", of: Standing.self, required: false)
        let holder = fields.choice("holder", of: holders, required: false)
        let owner = fields.text("owner", most: 60)
        let limit = fields.integer("limit", in: 1...200)
        let cursorText = fields.text("cursor")
        let cursor = cursorText.flatMap { PressingCursor($0) }
        if cursorText != nil, cursor == nil { fields.refuse("cursor", "routing.refused.cursor") }
        try fields.check()
        let alert: ClockAlert? =
            switch standing {
            case .overdue: .missed
            case .approaching: .approaching
            case nil: nil
            }
        filter = SupervisionFilter(holder: holder, owner: owner, alert: alert)
        self.cursor = cursor
        self.limit = limit ?? 50
    }

    var standing: Standing? {
        switch filter.alert {
        case .some(.missed): .overdue
        case .some(.approaching): .approaching
        case .some(.none), nil: nil
        }
    }

    /// The query of an address that shows something else; a cursor only when one is given.
    static func text(
        standing: Standing?, holder: String?, owner: String?, cursor: PressingCursor? = nil
    ) -> String {
        let parts = [
            standing.map { "standing=\($0.rawValue)" }, holder.map { "holder=\(escaped($0))" },
            owner.map { "owner=\(escaped($0))" }, cursor.map { "cursor=\($0.text)" },
        ]
        return parts.compactMap(\.self).joined(separator: "&")
    }

    /// The board's address with a query, which a form may have sent: it never leads anywhere else.
    static func address(_ query: String) -> String {
        query.isEmpty ? SupervisionPages.address : SupervisionPages.address + "?" + query
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))) ?? ""
    }
}
