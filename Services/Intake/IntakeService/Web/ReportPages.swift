import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// The channel for reports of misconduct (举报). Whoever is signed in is not recorded, and what tells who reports stays in
/// Intake's store. Rule W21.
struct ReportPages {
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    func add(to routes: Router<WebContext>) {
        guard desk.courses.takesReports else { return }
        routes.get("/intake/report") { _, context in try form(context) }
        routes.post("/intake/report") { request, context in try await submit(request, context) }
    }

    private func form(
        _ context: WebContext, fields: Fields? = nil, key: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let form = ComplaintForm(context: context, pack: desk.pack, limits: desk.limits)
        return try context.page(
            "intake-report", ["form": form.report(fields: fields).data, "key": key ?? UUID().uuidString],
            status: status)
    }

    private func submit(_ request: Request, _ context: WebContext) async throws -> Response {
        try desk.limitPublic(context)
        var fields = try await context.fields(of: request)
        let key = fields.text("key", most: 100)
        let reading = DraftReading(pack: desk.pack, language: context.language, now: context.now)
        guard let report = reading.report(&fields) else { throw Problem.notFound() }
        let files = EvidenceReading(limits: desk.limits).files(&fields)
        guard fields.problems.isEmpty else {
            return try form(context, fields: fields, key: key, status: .unprocessableContent)
        }
        let receipt = try await desk.accept(report, files, key: key)
        let code = URLEncodedForm.encode(receipt.trackingCode)
        return context.redirect(to: "/intake/received/\(receipt.number)?code=\(code)")
    }
}

/// Opening a protected reporter's identity, with a reason that is logged before it is shown (W21).
struct ReporterPages {
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    /// What is answered to a program.
    struct Answer: Encodable {
        var number: TicketNumber
        var complainant: Complainant
        var recordedBy: String?
        var orderNumber: String?
    }

    func add(to routes: Router<WebContext>) {
        let openers = Set((desk.pack.privacy?.protected?.opens ?? []).compactMap { Role(rawValue: $0.rawValue) })
        routes.staff("/intake/complaints/{number}/reporter", roles: openers).post { request, context in
            try await show(request, context)
        }
        routes.staff("/intake/api/complaints/{number}/reporter", roles: openers).post { request, context in
            let (number, reporter) = try await open(request, context)
            var response = try context.json(
                Answer(
                    number: number, complainant: reporter.complainant, recordedBy: reporter.recordedBy,
                    orderNumber: reporter.orderNumber))
            response.headers[.cacheControl] = "no-store"
            return response
        }
    }

    static func form(_ context: some PageContext, fields: Fields? = nil) -> FormView {
        var form = FormView(context, fields: fields)
        form.add(
            FormField(
                "reason", context.text("intake.reporter.reason"), .area(rows: 2), required: true,
                hint: context.text("intake.reporter.reasonHint"), most: 1000))
        return form
    }

    private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (number, reporter) = try await open(request, context)
        let person = reporter.complainant
        let facts: [(String, String?)] = [
            ("name", person.name), ("phone", person.phone), ("email", person.email), ("address", person.address),
            ("orderNumber", reporter.orderNumber), ("recordedBy", reporter.recordedBy),
        ]
        var response = try context.page(
            "intake-reporter",
            [
                "number": number.text,
                "facts": facts.compactMap { key, value in
                    value.map { ["title": context.text("intake.form.\(key)"), "value": $0] }
                },
            ])
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func open(_ request: Request, _ context: SignedInContext) async throws -> (TicketNumber, Reporter) {
        let number = try context.ticketNumber()
        var fields = try await context.fields(of: request)
        fields.refuseOthers(than: ["reason"])
        let reason = fields.text("reason", required: true, most: 1000, least: 2)
        let sight = desk.sight(of: context.identity)
        guard let row = try await desk.store.complaint(number), sight.opens(row.complaint) else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        try fields.check()
        guard let reason,
            let reporter = try await desk.store.openReporter(
                of: number, by: context.identity.name, reason: reason, if: sight.opens)
        else { throw Problem.notFound(Phrase("problem.notFound.ticket")) }
        context.logger.notice(
            "A protected reporter's identity was opened",
            metadata: ["number": "\(number)", "user": "\(context.identity.name)"])
        return (number, reporter)
    }
}
