import Contracts
import Foundation
import Hummingbird
import Web

/// The callers' desk: who is to be called, and who has not answered yet.
struct DeskPages: Sendable {
    let web: CallbackWeb

    func add(to routes: Router<WebContext>) {
        let desk = routes.staff("/callback", roles: CallbackWeb.readers)
        desk.get(use: show)
        desk.get("cases", use: find)
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let list = try context.deskList()
        let mark = try context.deskMark()
        let viewer = context.identity.viewer
        let page = try await web.files.list(list, after: mark, seenBy: viewer)
        let counts = try await web.files.counts(seenBy: viewer)
        var data: [String: Any] = [
            "tabs": DeskList.allCases.map { tab in
                [
                    "title": context.text("callback.desk.\(tab.rawValue)"), "count": counts[tab] ?? 0,
                    "address": "/callback/?list=\(tab.rawValue)", "isHere": tab == list,
                ] as [String: Any]
            },
            "rows": page.rows.map { row($0, context) }, "isEmpty": page.rows.isEmpty,
            "empty": context.text("callback.desk.empty.\(list.rawValue)"),
            "dueTitle": context.text("callback.desk.due.\(list.rawValue)"),
        ]
        var pages: [String: Any] = [:]
        if mark != nil { pages["first"] = "/callback/?list=\(list.rawValue)" }
        if let next = page.next {
            pages["next"] = "/callback/?list=\(list.rawValue)&after=\(URLEncodedForm.encode(next.text))"
        }
        if !pages.isEmpty { data["pagination"] = pages }
        return try context.page("desk", data)
    }

    private func row(_ row: DeskRow, _ context: SignedInContext) -> [String: Any] {
        let record = row.record
        let complainant = row.complaint.complainant
        var data: [String: Any] = [
            "number": record.number, "address": "/callback/cases/\(record.number)",
            "badge": context.badge(record.standing.rawValue, record.standing),
            "customer": complainant.name.map(Masking.name) ?? "—",
            "contact": complainant.phone.map(Masking.phone) ?? complainant.email.map(Masking.email) ?? "—",
            "product": row.complaint.about.product ?? row.complaint.reason ?? "—",
            "department": record.leadTitle?.text(for: context.language.tag) ?? "—",
            "since": context.time(record.since),
        ]
        if let deadline = record.deadline { data["deadline"] = context.deadline(deadline) }
        if record.attempts > 0 {
            data["attempts"] = context.text("callback.desk.attempts", ["count": String(record.attempts)])
        }
        if let from = record.callFrom, from > context.now {
            data["notBefore"] = context.text("callback.desk.notBefore", ["time": context.timeText(from)])
        }
        if record.standing == .proposed, !row.isTold { data["notTold"] = context.text("callback.desk.notTold") }
        if record.reminders > 0 {
            data["reminded"] = context.text("callback.desk.reminded", ["count": String(record.reminders)])
        }
        if record.round > 1 { data["round"] = context.text("callback.desk.round", ["round": String(record.round)]) }
        return data
    }

    /// Leads to the case whose number was typed.
    @Sendable private func find(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let typed = (context.query("number") ?? "").trimmingCharacters(in: .whitespacesAndNewlines).uppercased()
        if let number = TicketNumber(typed), try await web.files.trackingCodeHash(number) != nil,
            try await web.files.isSeen(number, by: context.identity.viewer)
        {
            return .redirect(to: "/callback/cases/\(number)")
        }
        return context.redirect(
            to: "/callback/", flash: Phrase("callback.desk.notFound", ["number": typed]), isWarning: true)
    }
}
