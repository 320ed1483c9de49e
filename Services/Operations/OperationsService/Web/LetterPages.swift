import Foundation
import Hummingbird
import Messaging
import Web

/// The list of dead letters, and each letter's page.
struct LetterPages {
    let desk: OperationsDesk

    private static let perPage = 50

    func add(reading: RouterGroup<SignedInContext>, acting: RouterGroup<SignedInContext>) {
        reading.get("/") { _, context in try await list(context) }
        reading.get("letters/{id}") { _, context in try await letter(context) }
        acting.post("letters/replay") { request, context in try await replayAll(request, context) }
        acting.post("letters/{id}/replay") { request, context in try await replay(request, context) }
        acting.post("letters/{id}/discard") { request, context in try await discard(request, context) }
        acting.post("letters/{id}/edit") { request, context in try await edit(request, context) }
    }

    // MARK: List

    private func list(_ context: SignedInContext, bulk: FormView? = nil) async throws -> Response {
        let filter = try context.letterFilter(default: .failed)
        let page = try await desk.store.letters(filter, limit: Self.perPage)
        let counts = try await desk.store.counts()
        let reconciliation = try await desk.reconciliation()
        var data: [String: Any] = [
            "letters": page.letters.map { LetterView.row($0, context) },
            "isEmpty": page.letters.isEmpty,
            "overview": LetterView.overview(counts, context),
            "filter": filterForm(filter, counts, context).data,
            "bulk": (bulk ?? bulkForm(context)).data,
            "canReplay": filter.state == .failed && !page.letters.isEmpty && context.identity.has(any: [.operator]),
            "hidden": hiddenFilter(filter),
            "pagination": pagination(page, context),
            "balance": ReconciliationPages.summary(reconciliation, context),
        ]
        data["isLetters"] = true
        data["broker"] = LetterView.broker(desk.broker, context)
        return try context.page("letters", data, status: bulk == nil ? .ok : .unprocessableContent)
    }

    private func filterForm(
        _ filter: LetterFilter, _ counts: [LetterCount], _ context: SignedInContext
    ) -> FormView {
        let any = FormField.Option("", context.text("operations.filter.any"))
        let states = LetterState.Name.allCases.map {
            FormField.Option($0.rawValue, context.text("operations.state.\($0.rawValue)"))
        }
        let consumers = Set(counts.map(\.consumer)).union([filter.consumer].compactMap(\.self)).sorted()
        let kinds = FailureReason.Kind.allCases.map {
            FormField.Option($0.rawValue, context.text("operations.kind.\($0.rawValue)"))
        }
        var form = FormView(context)
        form.add(
            FormField(
                "state", context.text("operations.filter.state"), .select([any] + states),
                value: filter.state?.rawValue ?? ""))
        form.add(
            FormField(
                "consumer", context.text("operations.filter.consumer"),
                .select([any] + consumers.map { FormField.Option($0, $0) }), value: filter.consumer ?? ""))
        form.add(
            FormField(
                "kind", context.text("operations.filter.kind"), .select([any] + kinds), value: filter.kind ?? ""))
        form.add(FormField("type", context.text("operations.filter.type"), value: filter.type))
        form.add(FormField("subject", context.text("operations.filter.subject"), value: filter.subject))
        return form
    }

    private func bulkForm(_ context: SignedInContext, fields: Fields? = nil) -> FormView {
        var form = FormView(context, fields: fields)
        form.add(FormField("reason", context.text("operations.bulk.reason"), required: true, most: 2000))
        return form
    }

    /// The filter that a bulk replay repeats: what is replayed is what is seen.
    private func hiddenFilter(_ filter: LetterFilter) -> [[String: Any]] {
        [
            ("consumer", filter.consumer), ("kind", filter.kind), ("type", filter.type), ("subject", filter.subject),
        ].compactMap { name, value in value.map { ["name": name, "value": $0] } }
    }

    private func pagination(_ page: LetterPage, _ context: SignedInContext) -> [String: Any] {
        var parts = URLComponents()
        let names = ["state", "consumer", "kind", "type", "subject"]
        let kept = names.compactMap { name in context.query(name).map { URLQueryItem(name: name, value: $0) } }
        func address(_ further: [URLQueryItem]) -> String {
            parts.queryItems = kept + further
            return "/operations/?\(parts.percentEncodedQuery ?? "")"
        }
        var data: [String: Any] = [:]
        if context.query("cursor") != nil { data["first"] = address([]) }
        if let next = page.next { data["next"] = address([URLQueryItem(name: "cursor", value: "\(next)")]) }
        return data
    }

    private func replayAll(_ request: Request, _ context: SignedInContext) async throws -> Response {
        var fields = try await context.fields(of: request)
        do {
            let (filter, reason) = try BulkReplay.read(&fields)
            let count = try await desk.store.replayAll(filter, by: context.identity.name, because: reason)
            return context.redirect(
                to: "/operations/?state=staged", flash: Phrase("operations.done.replayAll", ["count": "\(count)"]))
        } catch let problem as Problem where problem.kind == "invalid" {
            return try await list(context, bulk: bulkForm(context, fields: fields))
        }
    }

    // MARK: One letter

    private func letter(_ context: SignedInContext, _ refused: LetterForms? = nil) async throws -> Response {
        let id = try context.letterID()
        let letter = try await OperationsRefusal.translating { try await desk.store.letter(id) }
        var data = LetterView.page(letter, context)
        let forms = refused ?? LetterForms(letter, context)
        data["replay"] = forms.replay.data
        data["discard"] = forms.discard.data
        data["edit"] = forms.edit.data
        data["canAct"] = letter.summary.state == .failed && context.identity.has(any: [.operator])
        data["canEdit"] = LetterView.canEdit(letter)
        data["broker"] = LetterView.broker(desk.broker, context)
        return try context.page("letter", data, status: refused == nil ? .ok : .unprocessableContent)
    }

    private func replay(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.letterID()
        var fields = try await context.fields(of: request)
        let reason = fields.text("reason", most: 2000)
        guard fields.problems.isEmpty else { return try await refused(.replay, fields, context) }
        return try await act(id, context, done: "operations.done.replay") {
            try await desk.store.replay(id, by: context.identity.name, because: reason ?? "")
        }
    }

    private func discard(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.letterID()
        var fields = try await context.fields(of: request)
        let reason = fields.text("reason", required: true, most: 2000)
        guard fields.problems.isEmpty, let reason else { return try await refused(.discard, fields, context) }
        return try await act(id, context, done: "operations.done.discard") {
            try await desk.store.discard(id, by: context.identity.name, because: reason)
        }
    }

    private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.letterID()
        var fields = try await context.fields(of: request)
        do {
            _ = try await LetterEditing(desk: desk).edit(id, &fields, by: context.identity.name)
            return context.redirect(to: "/operations/letters/\(id)", flash: Phrase("operations.done.edit"))
        } catch let problem as Problem where problem.kind == "invalid" {
            return try await refused(.edit, fields, context)
        } catch let problem as Problem where problem.kind == "conflict" {
            return conflict(id, problem, context)
        }
    }

    private func act(
        _ id: Int64, _ context: SignedInContext, done: String, _ verb: () async throws -> LetterState
    ) async throws -> Response {
        do {
            _ = try await verb()
            return context.redirect(to: "/operations/letters/\(id)", flash: Phrase(done))
        } catch let rejection as LetterRejection {
            return conflict(id, OperationsRefusal.problem(rejection), context)
        } catch is NoSuchLetter {
            throw OperationsRefusal.noSuchLetter
        }
    }

    /// Somebody else was faster: back to the letter, which shows how it stands now.
    private func conflict(_ id: Int64, _ problem: Problem, _ context: SignedInContext) -> Response {
        context.redirect(
            to: "/operations/letters/\(id)", flash: problem.detail ?? Phrase("problem.conflict.text"), isWarning: true)
    }

    private func refused(
        _ action: AuditEntry.Action, _ fields: Fields, _ context: SignedInContext
    ) async throws -> Response {
        let id = try context.letterID()
        let letter = try await OperationsRefusal.translating { try await desk.store.letter(id) }
        return try await self.letter(context, LetterForms(letter, context, refused: action, fields))
    }
}
