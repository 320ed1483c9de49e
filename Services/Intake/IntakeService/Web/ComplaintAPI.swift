import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `POST /intake/api/complaints`, and the record for staff.
struct ComplaintAPI {
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    /// What is answered when a complaint was accepted.
    struct Answer: Encodable {
        var number: TicketNumber
        var trackingCode: String
        var trackingURL: String
        var acceptedAt: Date
    }

    /// The record as staff see it.
    struct Record: Encodable {
        var number: TicketNumber
        var complaint: Complaint
        var settledOutcome: String?
        var withdrawnAt: Date?
    }

    func add(to routes: Router<WebContext>) {
        routes.post("/intake/api/complaints") { request, context in try await submit(request, context) }
        routes.staff("/intake/api/complaints", roles: StaffRoles.readers)
            .get("{number}") { _, context in
                let number = try context.ticketNumber()
                let row = try await desk.record(number, for: context.identity)
                return try context.json(
                    Record(
                        number: number, complaint: row.complaint.masked(desk.sight(of: context.identity).masks),
                        settledOutcome: row.settledOutcome, withdrawnAt: row.withdrawnAt))
            }
    }

    /// Anybody may complain. A member of staff who sends a token is recorded as the one who took it down.
    private func submit(_ request: Request, _ context: WebContext) async throws -> Response {
        let recorder = try StaffRoles.recorder(context, or: desk.warningRoles)
        if recorder == nil { try desk.limitPublic(context) }
        let key = try IdempotencyKey.read(request)
        var fields = try await context.fields(of: request)
        let reading = DraftReading(pack: desk.pack, language: context.language, now: context.now)
        let draft = reading.draft(&fields, recordedBy: recorder)
        // Whoever is no agent may record early warnings alone (V02).
        if let identity = context.signedIn, recorder != nil, draft.kind != .warning,
            !identity.has(any: StaffRoles.recorders)
        {
            throw Problem.forbidden(Phrase("problem.forbidden.role"))
        }
        let files = EvidenceReading(limits: desk.limits).files(&fields)
        reading.objectAsDesk(to: draft, hasEvidence: !files.isEmpty, &fields)
        try fields.check()
        let receipt = try await desk.accept(draft, files, key: key)
        let url = desk.trackingURL(receipt.number, code: receipt.trackingCode, context.site)
        var response = try context.json(
            Answer(
                number: receipt.number, trackingCode: receipt.trackingCode, trackingURL: url,
                acceptedAt: receipt.acceptedAt),
            status: receipt.isRepeat ? .ok : .created)
        response.headers[.location] = url
        return response
    }
}

extension IntakeDesk {
    /// Accepts a draft with its evidence.
    /// - Throws: `Problem` with 422 when the key came before with something else, or the work order is known already.
    func accept(_ draft: ComplaintDraft, _ files: [UploadedFile], key: String?) async throws -> IntakeStore.Receipt {
        let references = try await keep(files)
        let isProtected = courses.protection(of: draft) != nil
        do {
            return try await store.accept(draft, evidence: references, protected: isProtected, key: key)
        } catch is IntakeStore.KeyReused {
            throw IdempotencyKey.reused
        } catch let known as IntakeStore.UpstreamKnown {
            let phrase = Phrase("intake.wrong.upstreamKnown", ["number": known.number.text])
            throw Problem.invalid([FieldProblem(pointer: "/upstreamNumber", phrase: phrase)])
        }
    }
}

/// The header `Idempotency-Key`: chosen by the client, the same for every attempt at one submission.
enum IdempotencyKey {
    /// - Throws: `Problem` with 400 when it is longer than 200 characters or has control characters.
    static func read(_ request: Request) throws(Problem) -> String? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard (1...200).contains(key.count), key.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
        else { throw .malformed(Phrase("intake.problem.key")) }
        return key
    }

    static let reused = Problem.invalid([], detail: Phrase("intake.problem.keyReused"))
}

/// Who of the staff may do what in Intake.
enum StaffRoles {
    /// Take complaints down.
    static let recorders: Set<Role> = [.agent]
    /// Read what was heard, with its evidence.
    static let readers: Set<Role> = Set(Role.allCases).subtracting([.operator])

    /// The sign-in name of the member of staff who sends this with a bearer token, if one does. A cookie does not count
    /// here: without a form's token another site could have made the browser send it.
    /// - Parameter others: roles that may do it besides agents.
    /// - Throws: `Problem` with 401 for a token that nobody has, 403 for one that may not record complaints.
    static func recorder(_ context: WebContext, or others: Set<Role> = []) throws(Problem) -> String? {
        if context.visit.hasBadToken { throw .unauthenticated }
        guard let identity = context.signedIn, identity.proof == .bearer else { return nil }
        guard identity.has(any: recorders.union(others)) else { throw .forbidden(Phrase("problem.forbidden.role")) }
        return identity.name
    }
}
