import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// What is said about a complaint after it was accepted: supplements, chases (催单), withdrawal. The customer proves with
/// the code; staff with a token. A form leads back to the customer's page.
struct RemarkAPI {
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    /// What is answered.
    struct Answer: Encodable {
        var number: TicketNumber
        var acceptedAt: Date
    }

    func add(to routes: Router<WebContext>) {
        let path = "/intake/api/complaints/{number}"
        routes.post("\(path)/supplements") { request, context in
            try await take(
                request, context, asking: ["narrative", "evidence.name", "evidence.mediaType", "evidence.content"]
            ) {
                fields in
                let narrative = fields.text("narrative", required: true, most: 10_000)
                return (narrative ?? "", EvidenceReading(limits: desk.limits).files(&fields))
            } remark: { said, evidence in
                .supplement(narrative: said, evidence: evidence)
            }
        }
        routes.post("\(path)/chases") { request, context in
            try await take(request, context, asking: ["comment"]) { fields in
                (fields.text("comment", most: 2000) ?? "", [])
            } remark: { said, _ in
                .chase(comment: said.isEmpty ? nil : said)
            }
        }
        routes.post("\(path)/withdrawal") { request, context in
            try await take(request, context, asking: ["reason"]) { fields in
                (fields.text("reason", most: 2000) ?? "", [])
            } remark: { said, _ in
                .withdrawal(reason: said.isEmpty ? nil : said)
            }
        }
    }

    private func take(
        _ request: Request, _ context: WebContext, asking names: Set<String>,
        read: (inout Fields) -> (said: String, files: [UploadedFile]),
        remark: (String, [EvidenceReference]) -> IntakeStore.Remark
    ) async throws -> Response {
        let number = try context.ticketNumber()
        let actor = try await actor(number, context)
        var fields = try await context.fields(of: request)
        fields.refuseOthers(than: fields.isForm ? names.union(["key"]) : names)
        let (said, files) = read(&fields)
        // A page makes its key with the form: pressing the button twice says it once.
        let formKey = fields.isForm ? fields.text("key", most: 100) : nil
        try fields.check()
        let key = try IdempotencyKey.read(request) ?? formKey
        let outcome: IntakeStore.RemarkOutcome
        do {
            outcome = try await desk.store.add(
                remark(said, try await desk.keep(files)), to: number, by: actor, key: key)
        } catch is IntakeStore.KeyReused {
            throw IdempotencyKey.reused
        }
        switch outcome {
        case .unknownComplaint: throw Problem.notFound(Phrase("problem.notFound.ticket"))
        case .withdrawn: throw Problem.conflict(Phrase("intake.problem.withdrawn"))
        case .taken(let instant): return try answer(number, instant, fields, context)
        }
    }

    private func actor(_ number: TicketNumber, _ context: WebContext) async throws -> Actor {
        if let name = try StaffRoles.recorder(context), let identity = context.signedIn {
            if let row = try await desk.store.complaint(number), !desk.sight(of: identity).sees(row.complaint) {
                throw Problem.notFound(Phrase("problem.notFound.ticket"))
            }
            return .staff(name)
        }
        _ = try await desk.complaint(number, for: context)
        return .customer
    }

    private func answer(
        _ number: TicketNumber, _ instant: Date, _ fields: Fields, _ context: WebContext
    ) throws -> Response {
        if fields.isForm, context.wantsPage, let code = context.query("code") {
            return context.redirect(
                to: desk.trackingURL(number, code: code, context.site), flash: Phrase("intake.remark.taken"))
        }
        return try context.json(Answer(number: number, acceptedAt: instant), status: .created)
    }
}
