import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The customer's pages: the tracking page with everything that can be answered, and the way to it by number and code.
struct CustomerPages: Sendable {
    let web: CallbackWeb

    func add(to routes: Router<WebContext>) {
        routes.get("/callback/track", use: entry)
        let track = routes.group("/callback/track/{number}")
        track.get(use: show)
        track.post("proposals/{version}/answer") { request, context in
            try await submit(.proposal, request, context, thanks: "callback.thanks.answer") { number, fields in
                let version = try context.count("version", orElse: "callback.refused.noVersion")
                let reply = try ProposalReply(
                    &fields, by: .customer, draftedAt: try await web.draftedAt(version, of: number), context)
                try await web.proposals.answer(version, of: number, reply.answer, reply.statement)
            }
        }
        track.post("explanation/answer") { request, context in
            try await submit(.explanation, request, context, thanks: "callback.thanks.answer") { number, fields in
                let reply = try ExplanationReply(&fields)
                try await web.answers.answerExplanation(
                    of: number, reply.answer, Statement(comment: reply.comment, by: .customer))
            }
        }
        track.post("information/{request}/answer") { request, context in
            let question = try context.count("request", orElse: "callback.refused.noQuestion")
            return try await submit(.question(question), request, context, thanks: "callback.thanks.information") {
                number, fields in
                let reply = try InformationReply(&fields)
                try await web.answers.answerInformation(question, of: number, reply.answer, by: .customer)
            }
        }
        track.post("survey") { request, context in
            try await submit(.survey, request, context, thanks: "callback.thanks.survey") { number, fields in
                let web = try await web.about(number)
                try web.checkQuestionnaire()
                let reply = try CallReply(&fields, by: .customer, web.pack.callback)
                try await web.callbacks.record(about: number, reply.result, call: reply.call, reply.statement)
            }
        }
    }

    /// Asks for number and code, and leads on to the page.
    @Sendable private func entry(_ request: Request, _ context: WebContext) async throws -> Response {
        let typed = (number: context.query("number") ?? "", code: context.query("code") ?? "")
        let text = typed.number.trimmingCharacters(in: .whitespacesAndNewlines).uppercased()
        let number = TicketNumber(text)
        if let number, !typed.code.isEmpty {
            let code = URLEncodedForm.encode(CustomerGate.normalized(typed.code))
            return .redirect(to: "/callback/track/\(number)?code=\(code)")
        }
        // Who comes with a number alone, as from a merged complaint, is only asked for the code.
        let isMalformed = number == nil && !(typed.number.isEmpty && typed.code.isEmpty)
        return try context.entryPage(
            number: typed.number, code: typed.code, error: isMalformed ? "callback.entry.malformed" : nil)
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let number = context.parameters.get("number").flatMap({ TicketNumber($0) }) else {
            return try context.entryPage(
                number: "", code: "", error: "callback.entry.malformed", status: .notFound)
        }
        let code = context.query("code") ?? ""
        switch try await web.gate.verdict(number, code: code, context) {
        case .admitted:
            try await web.noteReading(of: try await web.file(number), by: context.signedIn, at: context.now)
            return try await page(number, code, context)
        case .refused: return try context.waitingPage(number, code: code)
        case .throttled(let seconds): throw Problem.tooMany(retryAfter: seconds)
        }
    }

    /// Takes an answer from a form, and leads back to the page; what is wrong about it is said at its fields.
    private func submit(
        _ form: CustomerForm, _ request: Request, _ context: WebContext, thanks: String,
        _ work: (TicketNumber, inout Fields) async throws -> Void
    ) async throws -> Response {
        let number = try context.ticketNumber()
        let code = context.query("code") ?? ""
        try await web.gate.admit(number, code: code, context)
        let file = try await web.file(number)
        let context = context.speaking(to: file, request)
        var fields = try await web.fields(of: request, about: number, context)
        let address = context.trackAddress(number, code: code)
        do {
            try await Problem.translating(context) { try await work(number, &fields) }
            return context.redirect(to: address, flash: Phrase(thanks))
        } catch let problem as Problem where problem.status == .unprocessableContent {
            let refused = RefusedForm(form: form, fields: fields, problem: problem)
            return try await page(number, code, context, refused: refused)
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(to: address, flash: problem.detail, isWarning: true)
        }
    }

    private func page(
        _ number: TicketNumber, _ code: String, _ context: WebContext, refused: RefusedForm? = nil
    ) async throws -> Response {
        let file = try await web.file(number)
        let request = Request(head: context.visit.head, body: .init(buffer: .init()))
        let context = context.speaking(to: file, request)
        let view = CustomerView(
            file: file, code: code, refused: refused, context: context, terms: web.about(file).pack.callback)
        return try context.page(
            "track", view.data, status: refused == nil ? .ok : .unprocessableContent)
    }
}

extension WebContext {
    /// In the customer's own language, unless they chose one here.
    func speaking(to file: CustomerFile, _ request: Request) -> WebContext {
        let isChosen = query("lang") != nil || request.cookies[Visit.languageCookie] != nil
        guard !isChosen, let language = Language(tag: file.record.language) else { return self }
        var context = self
        context.visit.language = language
        return context
    }

    /// The customer's page, in the language that its address asks for.
    func trackAddress(_ number: TicketNumber, code: String) -> String {
        let language = query("lang").flatMap { Language(tag: $0) }.map { "&lang=\($0.tag)" } ?? ""
        return "/callback/track/\(number)?code=\(URLEncodedForm.encode(code))\(language)"
    }

    /// The form that asks for number and code.
    func entryPage(
        number: String, code: String, error: String?, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        var form = FormView(
            self, fields: Fields(form: [("number", number), ("code", code)]),
            problem: error.map { Problem.invalid([FieldProblem(pointer: "/number", phrase: Phrase($0))]) })
        form.add(
            FormField(
                "number", text("callback.entry.number"), required: true, hint: text("callback.entry.numberHint"),
                most: 40))
        form.add(FormField("code", text("callback.entry.code"), required: true, most: 60))
        return try page("track-entry", ["form": form.data], status: status)
    }

    /// What somebody sees whose number and code are not known here together. When the complaint was only just sent, it is
    /// still on its way: the page looks again by itself, a few times. It is the same page whatever is wrong.
    func waitingPage(_ number: TicketNumber, code: String) throws -> Response {
        let looks = query("looks").flatMap { Int($0) } ?? 0
        let again = trackAddress(number, code: code) + "&looks=\(looks + 1)"
        var response = try page(
            "track-waiting", ["number": number.text, "again": again, "isWaiting": looks < 6], status: .notFound)
        if looks < 6, let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "3; url=\(again)" }
        return response
    }
}
