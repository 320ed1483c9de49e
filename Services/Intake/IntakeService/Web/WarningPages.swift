import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// Early warnings (抱怨预警): any employee whom a customer tells of something writes it down at once, soothed or not.
/// Rule V02.
struct WarningPages {
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    func add(to routes: Router<WebContext>) {
        guard let warnings = desk.pack.warnings else { return }
        let employees = routes.staff("/intake/warnings", roles: desk.warningRoles)
        employees.get { _, context in try form(warnings, context) }
        employees.post { request, context in try await submit(warnings, request, context) }
        employees.get("{number}") { _, context in try await recorded(context) }
    }

    private func form(
        _ warnings: WarningTerms, _ context: SignedInContext, fields: Fields? = nil, key: String? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let form = ComplaintForm(context: context, pack: desk.pack, limits: desk.limits)
        let data: [String: Any] = [
            "form": form.warning(fields: fields, now: context.now).data, "key": key ?? UUID().uuidString,
            "soothing": warnings.soothing.text(for: context.language.tag),
            "within": warnings.settleWithin.title.text(for: context.language.tag),
            "list": "\(context.site.settings.sites.routing.absoluteString)/routing/warnings",
        ]
        return try context.page("intake-warning", data, status: status)
    }

    private func submit(
        _ warnings: WarningTerms, _ request: Request, _ context: SignedInContext
    ) async throws -> Response {
        var fields = try await context.fields(of: request)
        let key = fields.text("key", most: 100)
        let reading = DraftReading(pack: desk.pack, language: context.language, now: context.now)
        let draft = reading.warning(&fields, recordedBy: context.identity.name)
        guard fields.problems.isEmpty else {
            return try form(warnings, context, fields: fields, key: key, status: .unprocessableContent)
        }
        let receipt = try await desk.accept(draft, [], key: key)
        return context.redirect(to: "/intake/warnings/\(receipt.number)", flash: Phrase("intake.warning.recorded"))
    }

    /// What was recorded, for whoever recorded it; who may not read what others recorded is shown nothing else.
    private func recorded(_ context: SignedInContext) async throws -> Response {
        let number = try context.ticketNumber()
        guard let row = try await desk.store.complaint(number), row.complaint.kind == .warning,
            row.complaint.recordedBy == context.identity.name
        else { throw Problem.notFound(Phrase("problem.notFound.ticket")) }
        var data: [String: Any] = [
            "number": number.text, "time": context.time(row.complaint.registeredAt),
            "narrative": row.complaint.narrative,
            "list": "\(context.site.settings.sites.routing.absoluteString)/routing/warnings",
        ]
        data["reason"] = row.complaint.reason
        data["settledOutcome"] = row.settledOutcome
        return try context.page("intake-warned", data)
    }
}

extension DraftReading {
    /// An early warning, by the employee who heard it: on the pack's channel for them, or where it was heard.
    func warning(_ fields: inout Fields, recordedBy name: String) -> ComplaintDraft {
        var draft = draft(&fields, recordedBy: name, kind: .warning)
        draft.channel = pack.channel("employee")?.id ?? draft.channel
        return draft
    }
}
