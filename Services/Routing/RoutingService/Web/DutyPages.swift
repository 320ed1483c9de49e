import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// What is owed to others because of complaints (V01, V05–V07, W24): the board, each duty with its document, and the document
/// as it is printed on A4.
struct DutyPages: Sendable {
    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        let readers = routes.staff("/routing/duties", roles: RoutingWeb.readers)
        readers.get { _, context in try await board(context) }
        readers.get("{id}") { _, context in try await show(context) }
        readers.get("{id}/document") { _, context in try await document(context) }
        let writers = routes.staff("/routing/duties/{id}", roles: RoutingWeb.dutiful)
        writers.post("document") { request, context in
            try await order("written", request, context) { id, fields in
                let (subject, body) = try DutyReading.document(&fields)
                _ = try await web.desk.write(id, subject: subject, body: body)
            }
        }
        writers.post("fulfilment") { request, context in
            try await order("fulfilled", request, context) { id, fields in
                let (way, note) = try DutyReading.fulfilment(&fields)
                _ = try await web.desk.fulfil(id, way: way, note: note, by: context.identity.name)
            }
        }
        writers.post("answer") { request, context in
            try await order("answered", request, context) { id, fields in
                let answer = try DutyReading.answer(&fields)
                _ = try await web.desk.answer(id, answer, by: context.identity.name)
            }
        }
    }

    private func board(_ context: SignedInContext) async throws -> Response {
        let filter = try DutyReading.filter(context)
        let now = context.now
        let sight = web.sight(context)
        let (listed, counts) = try await web.store.database.read { db in
            (try DutyTable.list(filter, at: now, in: db), try DutyTable.counts(at: now, in: db))
        }
        let view = DutyView(wording: Wording(context: context, pack: web.pack))
        let rows = listed.filter { sight.sees($0.complaint) }.map { view.row($0.record, $0.complaint) }
        let tabs = DutyFilter.View.allCases.map { tab -> [String: Any] in
            var data: [String: Any] = [
                "title": context.text("routing.duty.view.\(tab.rawValue)"), "isHere": tab == filter.view,
                "address": "/routing/duties?view=\(tab.rawValue)\(filter.kind.map { "&kind=\($0.rawValue)" } ?? "")",
            ]
            if tab == .open { data["count"] = counts.open }
            if tab == .overdue { data["count"] = counts.overdue }
            return data
        }
        let kinds = [nil] + Duty.Kind.allCases.map(Optional.some)
        return try context.page(
            "duties",
            [
                "rows": rows, "isEmpty": rows.isEmpty, "tabs": tabs, "isDone": filter.view == .done,
                "kinds": kinds.map { kind -> [String: Any] in
                    [
                        "title": context.text(kind.map { "routing.duty.kind.\($0.rawValue)" } ?? "routing.desk.any"),
                        "address":
                            "/routing/duties?view=\(filter.view.rawValue)\(kind.map { "&kind=\($0.rawValue)" } ?? "")",
                        "isHere": kind == filter.kind,
                    ]
                },
            ])
    }

    private func show(_ context: SignedInContext, refused: Fields? = nil) async throws -> Response {
        let (entry, dossier) = try await find(context)
        let view = DutyView(wording: Wording(context: context, pack: web.pack))
        return try context.page(
            "duty", view.page(entry, dossier, refused: refused),
            status: refused == nil ? .ok : .unprocessableContent)
    }

    /// As it goes out: A4, in the language that is asked for.
    private func document(_ context: SignedInContext) async throws -> Response {
        let (entry, dossier) = try await find(context)
        let draft = ReportDraft(
            pack: web.pack, duty: entry.duty, record: dossier.record, history: dossier.history,
            language: context.language.tag)
        var data: [String: Any] = [
            "subject": entry.subject ?? draft.subject, "body": entry.body ?? draft.body,
            "isDraft": entry.body == nil, "number": entry.number.text, "back": "/routing/duties/\(entry.id)",
            "date": context.timeText(entry.doneAt ?? context.now), "by": entry.doneBy ?? context.identity.name,
            "organisation": web.pack.title.text(for: context.language.tag),
        ]
        data["way"] = entry.way
        return try context.page("duty-document", data)
    }

    private func find(_ context: SignedInContext) async throws -> (DutyRecord, ComplaintDossier) {
        let id = try DutyReading.id(context)
        guard let entry = try await web.store.database.read({ db in try DutyTable.find(id, in: db) }) else {
            throw Problem.notFound()
        }
        try await web.check(entry.number, context)
        return (entry, try await web.dossier(entry.number))
    }

    private func order(
        _ done: String, _ request: Request, _ context: SignedInContext,
        _ work: (Int64, inout Fields) async throws -> Void
    ) async throws -> Response {
        let (entry, _) = try await find(context)
        var fields = try await context.fields(of: request)
        do {
            try await Problem.translating { try await work(entry.id, &fields) }
        } catch let problem as Problem where !problem.errors.isEmpty {
            return try await show(context, refused: fields)
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: "/routing/duties/\(entry.id)", flash: problem.detail ?? Phrase("problem.conflict.text"),
                isWarning: true)
        }
        return context.redirect(to: "/routing/duties/\(entry.id)", flash: Phrase("routing.duty.said.\(done)"))
    }
}

/// Reads what people say about duties; forms and JSON have the same names.
enum DutyReading {
    static func id(_ context: SignedInContext) throws(Problem) -> Int64 {
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }) else { throw .notFound() }
        return id
    }

    static func filter(_ context: SignedInContext) throws(Problem) -> DutyFilter {
        var fields = Fields(form: try URLEncodedForm.parse(context.visit.uri.query ?? ""))
        let view = fields.choice("view", of: DutyFilter.View.self, required: false)
        let kind = fields.choice("kind", of: Duty.Kind.self, required: false)
        try fields.check()
        return DutyFilter(view: view ?? .open, kind: kind)
    }

    /// `{subject, body}`
    static func document(_ fields: inout Fields) throws(Problem) -> (String, String) {
        let subject = fields.text("subject", required: true, most: 200)
        let body = fields.text("body", required: true, most: 20_000)
        try fields.check()
        guard let subject, let body else { throw .unexpected }
        return (subject, body)
    }

    /// `{way, note}`
    static func fulfilment(_ fields: inout Fields) throws(Problem) -> (String, String?) {
        let way = fields.text("way", required: true, most: 100)
        let note = fields.text("note", most: 2000)
        try fields.check()
        guard let way else { throw .unexpected }
        return (way, note)
    }

    /// `{answer}`
    static func answer(_ fields: inout Fields) throws(Problem) -> String {
        let answer = fields.text("answer", required: true, most: 4000)
        try fields.check()
        guard let answer else { throw .unexpected }
        return answer
    }
}
