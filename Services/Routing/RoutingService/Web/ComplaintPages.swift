import Contracts
import Hummingbird
import Web

/// The page of one complaint, and the forms on it. A form that is refused is shown again with what was typed.
struct ComplaintPages: Sendable {
    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        let path: RouterPath = "/routing/complaints/{number}"
        routes.staff(path, roles: RoutingWeb.readers).get { _, context in
            try await show(context.ticketNumber(), context)
        }
        let deciders = routes.staff(path, roles: RoutingWeb.deciders)
        deciders.post("judgement") { request, context in
            try await order(.judgement, request, context) { number, fields in
                let order = try OrderReading(pack: web.pack).judgement(&fields)
                _ = try await web.desk.judge(number, order, by: context.identity.name)
            }
        }
        deciders.post("assignment") { request, context in
            try await order(.assignment, request, context) { number, fields in
                let order = try OrderReading(pack: web.pack).assignment(&fields)
                _ = try await web.desk.assign(
                    number, order, by: context.identity.name,
                    isSupervisor: context.identity.has(any: RoutingWeb.supervisors))
            }
        }
        routes.staff(path, roles: RoutingWeb.mergers).post("merge") { request, context in
            try await order(.merge, request, context) { number, fields in
                let order = try OrderReading(pack: web.pack).merge(&fields)
                _ = try await web.desk.merge(
                    number, into: order.into, reason: order.reason, by: context.identity.name)
            }
        }
        routes.staff(path, roles: RoutingWeb.mergers).post("group") { request, context in
            try await order(.group, request, context) { number, fields in
                let order = try CourseReading(pack: web.pack).group(&fields)
                _ = try await web.desk.group(
                    number, with: order.members, reason: order.reason, by: context.identity.name)
            }
        }
        routes.staff(path, roles: RoutingWeb.urgers).post("urging") { request, context in
            try await order(.urging, request, context) { number, fields in
                let comment = try OrderReading(pack: web.pack).urging(&fields)
                _ = try await web.desk.urge(number, comment: comment, by: context.identity.name)
            }
        }
    }

    private func show(
        _ number: TicketNumber, _ context: SignedInContext, refused: RefusedForm? = nil
    ) async throws -> Response {
        try await web.check(number, context)
        let dossier = try await web.dossier(number)
        let wording = Wording(context: context, pack: web.pack(of: dossier.record))
        let view = ComplaintView(dossier, wording)
        let forms = ComplaintForms(dossier, wording, refused: refused)
        var data = view.data.merging(forms.data) { $1 }
        data["inspections"] = inspections(dossier, wording)
        return try context.page("complaint", data, status: refused?.problem.status ?? .ok)
    }

    /// Rectification notices (整改通知) because of the complaint, for those who inspect or watch (W20).
    private func inspections(_ dossier: ComplaintDossier, _ wording: Wording) -> [String: Any]? {
        let context = wording.context
        let isInspector = web.isInspector(context)
        guard web.pack.supervision != nil, isInspector || context.identity.has(any: RoutingWeb.watchers),
            isInspector || !dossier.rectifications.isEmpty
        else { return nil }
        let view = NoticeView(wording: wording, web: web)
        var data: [String: Any] = [
            "notices": dossier.rectifications.map { view.row(ListedNotice(record: $0, complaint: dossier.record)) }
        ]
        if isInspector { data["order"] = "\(RectificationPages.orderAddress)?number=\(dossier.record.number)" }
        return data
    }

    /// Does what a form orders, and leads back to the complaint.
    private func order(
        _ form: RefusedForm.Form, _ request: Request, _ context: SignedInContext,
        _ work: (TicketNumber, inout Fields) async throws -> Void
    ) async throws -> Response {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        var fields = try await context.fields(of: request)
        do {
            try await Problem.translating { try await work(number, &fields) }
        } catch let problem as Problem where !problem.errors.isEmpty {
            return try await show(
                number, context, refused: RefusedForm(form: form, fields: fields, problem: problem))
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: "/routing/complaints/\(number)", flash: problem.detail ?? Phrase("problem.conflict.text"),
                isWarning: true)
        }
        return context.redirect(
            to: "/routing/complaints/\(number)", flash: Phrase("routing.done.\(form.rawValue)"))
    }
}

/// A form that was sent and refused.
struct RefusedForm {
    enum Form: String {
        case judgement, assignment, merge, urging, group
    }

    var form: Form
    var fields: Fields
    var problem: Problem
}
