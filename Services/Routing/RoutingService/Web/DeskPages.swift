import Contracts
import Foundation
import Hummingbird
import Web

/// The triage desk (受理判定台): what waits for a person, and every other list of complaints.
struct DeskPages: Sendable {
    let web: RoutingWeb

    /// The lists that have a tab, in the order of the flow.
    private static let tabs: [ListQuery.View] = [
        .desk, .state(.awaitingJudgement), .state(.awaitingAnswer), .state(.awaitingAssignment),
        .state(.awaitingAcknowledgement), .state(.investigating), .state(.awaitingApproval), .state(.proposed),
        .state(.revising), .state(.implementing), .state(.callback), .state(.explaining), .open, .all,
    ]

    func add(to routes: Router<WebContext>) {
        let desk = routes.staff("/routing", roles: RoutingWeb.readers)
        desk.get { _, context in try await list(context) }
        desk.get("find") { _, context in try await find(context) }
    }

    private func list(_ context: SignedInContext) async throws -> Response {
        let query = try ListQuery(context.visit.uri.query ?? "", view: .desk, order: .due, pack: web.pack)
        let page = try await web.store.page(query.filter, after: query.cursor, limit: query.limit)
        let tallies = try await web.store.tallies()
        let wording = Wording(context: context, pack: web.pack)
        let sight = web.sight(context)
        let now = context.now
        let duties = try await web.store.database.read { db in try DutyTable.counts(at: now, in: db) }
        var data: [String: Any] = [
            "duties": duties.open, "overdueDuties": duties.overdue, "hasOverdueDuties": duties.overdue > 0,
            "hasDuties": !DutyRules(pack: web.pack).isEmpty, "hasWarnings": web.pack.warnings != nil,
            "tabs": tabs(query, tallies, context), "rows": page.records.filter(sight.sees).map { row($0, wording) },
            "isEmpty": page.records.isEmpty, "form": filterForm(query, wording).data, "view": query.view.word,
            "watches": context.identity.has(any: RoutingWeb.watchers),
        ]
        data["pagination"] = pagination(query, page)
        return try context.page("desk", data)
    }

    /// Leads from a number that somebody has typed to its page.
    private func find(_ context: SignedInContext) async throws -> Response {
        let typed = (context.query("number") ?? "").trimmingCharacters(in: .whitespaces)
        if let number = try await web.store.number(upstream: typed) {
            return context.redirect(to: "/routing/complaints/\(number)")
        }
        let text = typed.uppercased()
        guard let number = TicketNumber(text), try await web.store.dossier(number) != nil else {
            return context.redirect(
                to: "/routing/", flash: Phrase("routing.desk.notFound", ["number": String(text.prefix(40))]),
                isWarning: true)
        }
        return context.redirect(to: "/routing/complaints/\(number)")
    }

    private func tabs(
        _ query: ListQuery, _ tallies: [StateName: Int], _ context: SignedInContext
    ) -> [[String: Any]] {
        Self.tabs.map { view in
            let states = view.states.isEmpty ? StateName.allCases : view.states
            let title =
                switch view {
                case .state(let state): context.text("routing.state.\(state.rawValue)")
                case .desk, .open, .all: context.text("routing.view.\(view.word)")
                }
            return [
                "title": title, "count": states.reduce(0) { $0 + (tallies[$1] ?? 0) },
                "address": "/routing/" + query.address(view: view), "isHere": view == query.view,
            ]
        }
    }

    private func row(_ record: ComplaintRecord, _ wording: Wording) -> [String: Any] {
        let (context, complaint) = (wording.context, record.complaint)
        var row: [String: Any] = [
            "number": record.number.text, "address": "/routing/complaints/\(record.number)",
            "state": wording.state(record.state), "kind": wording.kind(complaint.kind),
            "summary": complaint.reason ?? String(complaint.narrative.prefix(48)),
            "registered": context.time(complaint.registeredAt), "holder": wording.holder(record.holder),
        ]
        row["severity"] = wording.severity(record.severity)
        row["urgency"] = wording.urgency(record.urgency)
        row["importance"] = wording.importance(record.importance)
        row["upstream"] = complaint.upstreamNumber
        if record.file.returns > 0, !record.file.state.isEnded {
            let needsRuling = record.state == .awaitingAssignment && record.file.returns >= web.pack.returns.rulingAfter
            row["returns"] = context.badge(
                context.text(
                    needsRuling ? "routing.desk.needsRuling" : "routing.desk.returned",
                    ["count": String(record.file.returns)]), needsRuling ? .bad : .warn)
        }
        if let lead = record.groupLead {
            row["inGroup"] = context.badge(
                context.text(lead == record.number ? "routing.group.lead" : "routing.group.member"), .info)
        }
        row["category"] = wording.category(record.category)
        row["product"] = complaint.about.product
        row["owner"] = record.owner.map(wording.person)
        if record.nextDueAt != .distantDue { row["deadline"] = context.deadline(dueAt: record.nextDueAt) }
        return row
    }

    private func filterForm(_ query: ListQuery, _ wording: Wording) -> FormView {
        let context = wording.context
        let any = FormField.Option("", context.text("routing.desk.any"))
        var form = FormView(context)
        form.add(
            FormField(
                "department", context.text("routing.field.department"),
                .select([any] + web.pack.departments.map { .init($0.id.text, wording.text($0.title)) }),
                value: query.filter.department?.text))
        form.add(
            FormField(
                "severity", context.text("routing.field.severity"),
                .select([any] + web.pack.severities.map { .init($0.severity.rawValue, wording.text($0.title)) }),
                value: query.filter.severity?.rawValue))
        form.add(
            FormField(
                "sort", context.text("routing.desk.sort"),
                .select(
                    ComplaintFilter.Order.allCases.map {
                        .init($0.rawValue, context.text("routing.order.\($0.rawValue)"))
                    }), value: query.filter.order.rawValue))
        return form
    }

    private func pagination(_ query: ListQuery, _ page: ComplaintPage) -> [String: Any]? {
        var pagination: [String: Any] = [:]
        if query.cursor != nil { pagination["first"] = "/routing/" + query.address() }
        if let next = page.next { pagination["next"] = "/routing/" + query.address(cursor: next) }
        return pagination.isEmpty ? nil : pagination
    }
}
