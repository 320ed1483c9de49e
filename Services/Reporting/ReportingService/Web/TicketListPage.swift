import Contracts
import Foundation
import Hummingbird
import Web

extension ReportingDesk {
    func list(_ context: SignedInContext) async throws -> Response {
        let page = try await tickets(context)
        let showing = Showing(context: context, titles: titles)
        var data: [String: Any] = [
            "tickets": page.tickets.map { Self.row($0, showing) }, "filters": filters(context, showing).data,
            "isEmpty": page.tickets.isEmpty,
        ]
        let query = (try? URLEncodedForm.parse(context.visit.uri.query ?? "")) ?? []
        let kept = query.filter { $0.name != "after" && $0.name != "lang" }.map { ($0.name, Optional($0.value)) }
        var pagination: [String: Any] = [:]
        if query.contains(where: { $0.name == "after" }) { pagination["first"] = TicketLink.list(kept) }
        if let next = page.next { pagination["next"] = TicketLink.list(kept + [("after", next.text)]) }
        if !pagination.isEmpty { data["pagination"] = pagination }
        return try frame.page("tickets", data, at: .tickets, context)
    }

    private static func row(_ summary: TicketSummary, _ showing: Showing) -> [String: Any] {
        var row: [String: Any] = [
            "number": summary.number.text, "address": TicketLink.ticket(summary.number), "heading": summary.heading,
            "customer": summary.complainantName ?? "–", "state": showing.stateBadge(summary.state),
            "severity": showing.severityBadge(summary.severity), "category": showing.category(summary.category),
            "department": showing.department(summary.department), "channel": showing.channel(summary.channel),
            "registered": showing.context.time(summary.registeredAt),
        ]
        let end = summary.endedAt ?? showing.context.now
        row["age"] = showing.duration(max(0, Int(end.timeIntervalSince(summary.heardAt))))
        row["satisfaction"] = summary.satisfaction.map { ["text": "\($0) / 5"] }
        return row
    }

    /// The filter form, with what is in the address.
    private func filters(_ context: SignedInContext, _ showing: Showing) -> FormView {
        var form = FormView(context)
        let states =
            [("open", context.text("reporting.filter.open"))]
            + TicketState.allCases.map { ($0.rawValue, showing.state($0)) }
        let lists: [(String, [(String, String)])] = [
            ("state", states), ("channel", sorted(titles.channels, showing)),
            ("category", sorted(titles.categories, showing)), ("department", sorted(titles.departments, showing)),
            ("severity", Severity.allCases.map { ($0.rawValue, showing.severity($0)) }),
        ]
        form.add(field("q", .line("search"), context))
        for (name, options) in lists {
            let all = [FormField.Option("", context.text("reporting.filter.all"))]
            form.add(field(name, .select(all + options.map { FormField.Option($0.0, $0.1) }), context))
        }
        for name in ["from", "to"] { form.add(field(name, .line("date"), context)) }
        return form
    }

    private func field(_ name: String, _ kind: FormField.Kind, _ context: SignedInContext) -> FormField {
        FormField(name, context.text("reporting.filter.\(name)"), kind, value: context.query(name))
    }

    private func sorted(_ titles: [String: LocalizedText], _ showing: Showing) -> [(String, String)] {
        titles.map { ($0.key, showing.text($0.value)) }.sorted { $0.1 < $1.1 }
    }
}
