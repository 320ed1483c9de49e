import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// The case library (案例库): which closed complaints become cases, writing them up, approving them, and what everybody may
/// read then. Rules K17, S13. Every address is there twice: as a page, and under `api` for programs.
struct CasePages: Sendable {
    let store: ReportingStore
    let pack: PolicyPack
    let frame: ReportingFrame
    let titles: Titles

    /// - Parameter pages: The pages for one request, by the pack that holds then.
    static func add(to routes: Router<WebContext>, _ pages: @escaping @Sendable () throws -> CasePages) {
        for base in ["/reporting", "/reporting/api"] {
            let root = RouterPath(base + "/cases")
            let readers = routes.staff(root, roles: ReportingAccess.readers)
            readers.get { _, context in try await pages().list(context) }
            readers.get("{id}") { _, context in try await pages().show(context) }
            let writers = routes.staff(root, roles: ReportingAccess.writers)
            writers.post("{id}/text") { request, context in try await pages().write(request, context) }
            let nominators = routes.staff(root, roles: ReportingAccess.nominators)
            nominators.post { request, context in try await pages().nominate(request, context) }
            // Who approves is named by the case, whatever their role.
            let deciders = routes.staff(root, roles: ReportingAccess.readers)
            deciders.post("{id}/approval") { request, context in
                let pages = try pages()
                return try await pages.decide("published", request, context) { id, _ in
                    try await pages.store.approveCase(id, by: context.identity.name, pack: pages.pack)
                }
            }
            deciders.post("{id}/refusal") { request, context in
                let pages = try pages()
                return try await pages.decide("returned", request, context) { id, fields in
                    let reason = fields.text("reason", required: true, most: 2000)
                    try fields.check()
                    return try await pages.store.refuseCase(id, reason: reason ?? "", by: context.identity.name)
                }
            }
        }
    }

    // MARK: Reading

    private func list(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        let mayWrite = context.identity.has(any: ReportingAccess.writers)
        var fields = Fields(form: (try? URLEncodedForm.parse(context.visit.uri.query ?? "")) ?? [])
        let view = fields.choice("view", of: ["library", "work", "all"], required: false) ?? "library"
        let text = fields.text("q", most: 100)
        try fields.check()
        let stages = CaseStage.allCases.filter { stage in
            let isLibrary = stage == .published
            return view == "all" ? isLibrary || mayWrite : view == "library" ? isLibrary : !isLibrary && mayWrite
        }
        let files = try await store.cases(CaseFilter(stages: stages, text: text))
        if context.isProgram { return try context.json(["cases": files]) }
        let unpublished = CaseStage.allCases.filter { $0 != .published }
        let work = mayWrite ? try await store.cases(CaseFilter(stages: unpublished)) : []
        let list = CaseListView(showing: Showing(context: context, titles: titles), pack: pack)
        let data = list.data(
            files, view: view, text: text, inWork: work, mayWrite: mayWrite,
            mayNominate: context.identity.has(any: ReportingAccess.nominators), refused: refused)
        return try frame.page(
            "cases", data, at: .cases, context, status: refused == nil ? .ok : refused?.problem.status ?? .ok)
    }

    /// The case of the address, which may also name it by its complaint's number.
    private func caseID(_ context: SignedInContext) async throws -> Int64 {
        guard let number = context.parameters.get("id").flatMap({ TicketNumber($0) }) else {
            return try context.itemID()
        }
        guard let id = try await store.caseID(of: number) else { throw Problem.notFound() }
        return id
    }

    private func show(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        let id = try await caseID(context)
        guard let (file, trail) = try await store.caseFile(id),
            file.stage == .published || context.identity.has(any: ReportingAccess.writers)
                || context.identity.name == file.approver
        else { throw Problem.notFound() }
        if context.isProgram { return try context.json(CaseAnswer(file: file, trail: trail)) }
        var draft: CaseText?
        if file.stage.isWritten, let closed = try await store.closedComplaint(file.ticket) {
            draft = closed.draft.mapped(RecordMasking(closed.record.complaint.complainant).text)
        }
        let view = CaseView(file: file, trail: trail, pack: pack, showing: Showing(context: context, titles: titles))
        return try frame.page(
            "case", view.data(draft: draft, refused: refused), at: .cases, context,
            status: refused?.problem.status ?? .ok)
    }

    // MARK: Changing

    /// The list, or the one, once more with what is wrong in a form that was refused.
    private func listed(_ context: SignedInContext) -> FormAgain { { try await list(context, refused: ($0, $1)) } }
    private func shown(_ context: SignedInContext) -> FormAgain { { try await show(context, refused: ($0, $1)) } }

    private func nominate(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await context.carryOut(
            request, said: "reporting.case.said.nominated", next: Self.address, again: listed(context)
        ) { fields in
            let number = fields.text("number", required: true, most: 40)
            let ticket = number.flatMap { TicketNumber($0) }
            if number != nil, ticket == nil { fields.refuse("number", "reporting.problem.number") }
            let reason = fields.text("reason", required: true, most: 1000)
            try fields.check()
            guard let ticket, let reason else { throw Problem.unexpected }
            guard try await store.details(of: ticket) != nil else {
                throw Problem.invalid([FieldProblem(pointer: "/number", phrase: Phrase("problem.notFound.ticket"))])
            }
            return try await store.nominate(ticket, reason: reason, by: context.identity.name, pack: pack)
        }
    }

    private func write(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await context.carryOut(
            request, said: "reporting.case.said.written", next: Self.address, again: shown(context)
        ) { fields in
            let text = CaseText(
                title: fields.text("title", most: 120) ?? "", background: fields.text("background", most: 8000) ?? "",
                cause: fields.text("cause", most: 8000) ?? "", handling: fields.text("handling", most: 8000) ?? "",
                lesson: fields.text("lesson", most: 8000) ?? "")
            let submits = fields.flag("submit") ?? false
            let seen = fields.integer("seen", in: 0...1_000_000)
            try fields.check()
            return try await store.write(
                text, submits: submits, to: try await caseID(context), by: context.identity.name, seen: seen)
        }
    }

    private func decide(
        _ done: String, _ request: Request, _ context: SignedInContext,
        _ work: (Int64, inout Fields) async throws -> CaseFile
    ) async throws -> Response {
        let id = try await caseID(context)
        return try await context.carryOut(
            request, said: "reporting.case.said.\(done)", next: Self.address, again: shown(context)
        ) { try await work(id, &$0) }
    }

    private static func address(_ file: CaseFile) -> String { "/reporting/cases/\(file.id ?? 0)" }
}

/// A case as JSON: its fields, and its trail.
struct CaseAnswer: Encodable, Sendable {
    let file: CaseFile
    let trail: [TrailStep]

    private enum CodingKeys: String, CodingKey { case trail }

    func encode(to encoder: any Encoder) throws {
        try file.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(trail, forKey: .trail)
    }
}
