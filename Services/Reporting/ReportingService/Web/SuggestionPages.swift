import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// Employees' suggestions about how complaints are handled (流程建议): anybody who is signed in makes them, whom the pack
/// names answers them in its time, and everybody reads both. Rule W19. Every address is there twice: as a page, and under
/// `api`.
struct SuggestionPages: Sendable {
    let store: ReportingStore
    let pack: PolicyPack
    let terms: SuggestionTerms
    let frame: ReportingFrame
    let titles: Titles

    /// - Parameter pages: The pages for one request, by the pack that holds then.
    static func add(to routes: Router<WebContext>, _ pages: @escaping @Sendable () throws -> SuggestionPages) {
        for base in ["/reporting", "/reporting/api"] {
            let everybody = routes.staff(RouterPath(base + "/suggestions"), roles: ReportingAccess.readers)
            everybody.get { _, context in try await pages().list(context) }
            everybody.post { request, context in try await pages().make(request, context) }
            everybody.post("{id}/answer") { request, context in try await pages().answer(request, context) }
        }
    }

    /// By sign-in name, or by role.
    private func answers(_ identity: Identity) -> Bool {
        identity.name == terms.answeredBy || identity.roles.contains { $0.rawValue == terms.answeredBy }
    }

    private func list(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        var fields = Fields(form: (try? URLEncodedForm.parse(context.visit.uri.query ?? "")) ?? [])
        let view = fields.choice("view", of: ["open", "answered", "all"], required: false) ?? "all"
        try fields.check()
        let suggestions = try await store.suggestions(isOpen: view == "all" ? nil : view == "open")
        if context.isProgram { return try context.json(["suggestions": suggestions]) }
        let list = SuggestionListView(showing: Showing(context: context, titles: titles), terms: terms)
        let data = list.data(suggestions, view: view, mayAnswer: answers(context.identity), refused: refused)
        return try frame.page("suggestions", data, at: .suggestions, context, status: refused?.problem.status ?? .ok)
    }

    /// The list once more with what is wrong in a form that was refused.
    private func listed(_ context: SignedInContext) -> FormAgain { { try await list(context, refused: ($0, $1)) } }

    private func make(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await context.carryOut(
            request, said: "reporting.suggestion.said.made", next: Self.address, again: listed(context)
        ) { fields in
            let text = fields.text("text", required: true, most: 4000)
            try fields.check()
            let due = pack.calendar.due(from: context.now, within: terms.answerWithin)
            return try await store.make(
                Suggestion(
                    text: text ?? "", by: context.identity.name, madeAt: context.now, dueAt: due.dueAt,
                    dueBecause: due.explanation))
        }
    }

    private func answer(_ request: Request, _ context: SignedInContext) async throws -> Response {
        guard answers(context.identity) else { throw Problem(ImprovementRefusal.onlyFor(terms.answeredBy)) }
        let id = try context.itemID()
        return try await context.carryOut(
            request, said: "reporting.suggestion.said.answered", next: Self.address, again: listed(context)
        ) { fields in
            let verdict = fields.choice("verdict", of: SuggestionVerdict.self)
            let words = fields.text("answer", required: true, most: 4000)
            try fields.check()
            guard let verdict, let words else { throw Problem.unexpected }
            return try await store.answer(id, verdict, words: words, by: context.identity.name)
        }
    }

    private static func address(_ suggestion: Suggestion) -> String {
        "/reporting/suggestions#s\(suggestion.id ?? 0)"
    }
}

/// The suggestions as their template needs them.
struct SuggestionListView {
    let showing: Showing
    let terms: SuggestionTerms

    private var context: SignedInContext { showing.context }

    func data(
        _ suggestions: [Suggestion], view: String, mayAnswer: Bool, refused: (fields: Fields, problem: Problem)?
    ) -> [String: Any] {
        let refusedID = context.parameters.get("id")
        var form = FormView(
            context, fields: refusedID == nil ? refused?.fields : nil,
            problem: refusedID == nil ? refused?.problem : nil)
        form.add(
            FormField("text", context.text("reporting.suggestion.text"), .area(rows: 4), required: true, most: 4000))
        var data: [String: Any] = [
            "rows": suggestions.map {
                row($0, mayAnswer: mayAnswer, refused: refusedID == "\($0.id ?? 0)" ? refused : nil)
            },
            "isEmpty": suggestions.isEmpty, "making": ["form": form.data],
            "within": showing.text(terms.answerWithin.title), "answerer": answerer,
            "views": [
                "tabs": ["all", "open", "answered"].map { name -> [String: Any] in
                    [
                        "title": context.text("reporting.suggestion.view.\(name)"), "isHere": name == view,
                        "address": "/reporting/suggestions?view=\(name)",
                    ]
                }
            ],
        ]
        if let problem = refused?.problem, problem.errors.isEmpty {
            data["conflict"] = problem.detail.map { context.text($0) }
        }
        return data
    }

    /// A role by its title, a person by their name.
    private var answerer: String {
        Role(rawValue: terms.answeredBy).map { context.text("role.\($0.rawValue)") } ?? terms.answeredBy
    }

    private func row(
        _ suggestion: Suggestion, mayAnswer: Bool, refused: (fields: Fields, problem: Problem)?
    ) -> [String: Any] {
        let id = suggestion.id ?? 0
        var row: [String: Any] = [
            "id": "s\(id)", "text": suggestion.text, "by": suggestion.by, "made": context.time(suggestion.madeAt),
            "deadline": context.deadline(
                dueAt: suggestion.dueAt, startedAt: suggestion.madeAt, endedAt: suggestion.answeredAt,
                explanation: showing.text(suggestion.dueBecause)),
        ]
        if let verdict = suggestion.verdict, let answeredAt = suggestion.answeredAt {
            row["answered"] = [
                "verdict": showing.verdict(verdict), "answer": suggestion.answer ?? "",
                "answeredBy": suggestion.answeredBy ?? "", "at": context.time(answeredAt),
            ]
        } else if mayAnswer, context.identity.name != suggestion.by {
            row["answering"] = ["address": "/reporting/suggestions/\(id)/answer", "form": form(id, refused)]
        }
        return row
    }

    private func form(_ id: Int64, _ refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem, idPrefix: "a\(id)")
        let verdicts = SuggestionVerdict.allCases.map {
            FormField.Option($0.rawValue, context.text("reporting.suggestion.verdict.\($0.rawValue)"))
        }
        form.add(
            FormField("verdict", context.text("reporting.suggestion.decision"), .radio(verdicts), required: true))
        form.add(
            FormField("answer", context.text("reporting.suggestion.answer"), .area(rows: 3), required: true, most: 4000)
        )
        return form.data
    }
}

extension Showing {
    func verdict(_ verdict: SuggestionVerdict) -> [String: Any] {
        let tone: Tone =
            switch verdict {
            case .adopted: .good
            case .partly: .info
            case .declined: .neutral
            }
        return context.badge(context.text("reporting.suggestion.verdict.\(verdict.rawValue)"), tone)
    }
}
