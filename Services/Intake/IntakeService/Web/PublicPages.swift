import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The form that everybody may fill in, and the page that says the number.
struct PublicPages {
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    func add(to routes: Router<WebContext>) {
        routes.get("/intake") { _, context in try form(context) }
        routes.post("/intake") { request, context in try await submit(request, context) }
        routes.get("/intake/received/{number}") { _, context in try await received(context) }
    }

    private func form(
        _ context: WebContext, fields: Fields? = nil, key: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let view = ComplaintForm(context: context, pack: desk.pack, limits: desk.limits).customer(fields: fields)
        var data: [String: Any] = ["form": view.data, "key": key ?? UUID().uuidString]
        if let channel = desk.pack.channel("web") {
            // The greeting (M02) is for speaking: who reads a form is not greeted as on the telephone.
            data["instructions"] = channel.instructions?.text(for: context.language.tag)
        }
        data["takesReports"] = desk.courses.takesReports
        return try context.page("intake-form", data, status: status)
    }

    private func submit(_ request: Request, _ context: WebContext) async throws -> Response {
        try desk.limitPublic(context)
        var fields = try await context.fields(of: request)
        // The key was made with the form: pressing the button twice, or going back and sending again, is one complaint.
        let key = fields.text("key", most: 100)
        let reading = DraftReading(pack: desk.pack, language: context.language, now: context.now)
        var draft = reading.draft(&fields, recordedBy: nil)
        draft.confirmed = true
        let files = EvidenceReading(limits: desk.limits).files(&fields)
        guard fields.problems.isEmpty else {
            return try form(context, fields: fields, key: key, status: .unprocessableContent)
        }
        let receipt = try await desk.accept(draft, files, key: key)
        let code = URLEncodedForm.encode(receipt.trackingCode)
        return context.redirect(to: "/intake/received/\(receipt.number)?code=\(code)")
    }

    /// Whoever has number and code may see this page, as often as they like.
    private func received(_ context: WebContext) async throws -> Response {
        let number = try context.ticketNumber()
        let row = try await desk.complaint(number, for: context)
        let code = TrackingCode.normalized(context.query("code") ?? "")
        var data: [String: Any] = [
            "number": number.text, "code": code, "trackingURL": desk.trackingURL(number, code: code, context.site),
            "acceptedAt": context.time(row.complaint.registeredAt), "settled": row.settledOutcome != nil,
        ]
        data["within"] = desk.pack.channel(row.complaint.channel)?.feedbackWithin?.title.text(
            for: context.language.tag)
        if let identity = context.signedIn, identity.has(any: StaffRoles.recorders) {
            data["desk"] = ["channel": row.complaint.channel, "number": number.text]
            let others = try await desk.possibleDuplicates(of: row, context, for: identity)
            data["duplicates"] = others
            data["hasDuplicates"] = !others.isEmpty
        }
        return try context.page("intake-received", data)
    }
}
