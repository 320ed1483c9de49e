import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// The desk of the agents: taking a complaint down, and looking at what was heard.
struct DeskPages {
    private static let pageLength = 30
    private let desk: IntakeDesk

    init(_ desk: IntakeDesk) { self.desk = desk }

    func add(to routes: Router<WebContext>) {
        let agents = routes.staff("/intake", roles: StaffRoles.recorders)
        agents.get("desk") { _, context in try form(context, channel: try channel(context)) }
        agents.post("desk") { request, context in try await submit(request, context) }
        let readers = routes.staff("/intake/complaints", roles: StaffRoles.readers)
        readers.get { _, context in try await list(context) }
        readers.get("{number}") { _, context in try await show(context) }
    }

    private func channel(_ context: SignedInContext) throws -> Procedure.Channel {
        let id = context.query("channel")
        guard let channel = id.map(desk.pack.channel) ?? desk.pack.channels.first else {
            throw Problem.notFound(Phrase("intake.problem.channel"))
        }
        return channel
    }

    private func form(
        _ context: SignedInContext, channel: Procedure.Channel, fields: Fields? = nil, key: String? = nil,
        problem: Problem? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let language = context.language.tag
        let form = ComplaintForm(context: context, pack: desk.pack, limits: desk.limits)
        return try context.page(
            "intake-desk",
            [
                "form": form.desk(channel, fields: fields, problem: problem, now: context.now).data,
                "key": key ?? UUID().uuidString,
                "channel": [
                    "id": channel.id, "title": channel.title.text(for: language),
                    "greeting": channel.greeting.text(for: language),
                    "soothing": channel.soothing.text(for: language), "verbatim": channel.verbatim,
                    "readBack": channel.readBack, "isSpoken": channel.verbatim || channel.readBack,
                ] as [String: Any],
                "channels": desk.pack.channels.map {
                    ["id": $0.id, "title": $0.title.text(for: language), "isHere": $0.id == channel.id]
                        as [String: Any]
                },
                "takesWarnings": !desk.warningRoles.isEmpty,
            ], status: status)
    }

    private func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        var fields = try await context.fields(of: request)
        let key = fields.text("key", most: 100)
        let reading = DraftReading(pack: desk.pack, language: context.language, now: context.now)
        var draft = reading.draft(&fields, recordedBy: context.identity.name)
        let files = EvidenceReading(limits: desk.limits).files(&fields)
        guard let channel = fields.typed("channel").flatMap({ desk.pack.channel($0) }) else {
            throw Problem.invalid([FieldProblem(pointer: "/channel", phrase: Phrase("validation.required"))])
        }
        if !channel.readBack { draft.confirmed = true }
        reading.objectAsDesk(to: draft, hasEvidence: !files.isEmpty, &fields)
        guard fields.problems.isEmpty else {
            return try form(context, channel: channel, fields: fields, key: key, status: .unprocessableContent)
        }
        let receipt: IntakeStore.Receipt
        do {
            receipt = try await desk.accept(draft, files, key: key)
        } catch let problem as Problem where !problem.errors.isEmpty {
            return try form(
                context, channel: channel, fields: fields, key: key, problem: problem, status: .unprocessableContent)
        }
        let code = URLEncodedForm.encode(receipt.trackingCode)
        return context.redirect(to: "/intake/received/\(receipt.number)?code=\(code)")
    }

    private func list(_ context: SignedInContext) async throws -> Response {
        if let text = context.query("q")?.trimmingCharacters(in: .whitespaces), !text.isEmpty {
            return try await search(text, context)
        }
        let before = context.query("before").flatMap { TicketNumber($0) }
        let rows = try await desk.store.recent(before: before, limit: Self.pageLength + 1)
        var pagination: [String: Any] = [:]
        if before != nil { pagination["first"] = "/intake/complaints" }
        if rows.count > Self.pageLength, let last = rows.dropLast().last {
            pagination["next"] = "/intake/complaints?before=\(last.number)"
        }
        var data: [String: Any] = ["complaints": desk.lines(rows.prefix(Self.pageLength), context)]
        data["isEmpty"] = rows.isEmpty
        if !pagination.isEmpty { data["pagination"] = pagination }
        return try context.page("intake-list", data)
    }

    /// By number, by the number of a work order from above (V01), by telephone or e-mail address.
    private func search(_ text: String, _ context: SignedInContext) async throws -> Response {
        if let number = TicketNumber(text.uppercased()) {
            return context.redirect(to: "/intake/complaints/\(number)")
        }
        let found = desk.lines(try await desk.store.matching(text, limit: 50), context)
        return try context.page("intake-list", ["complaints": found, "isEmpty": found.isEmpty, "query": text])
    }

    /// For who may open a protected reporter's identity: the form, and who opened it before and why (W21).
    private func addReporter(
        _ data: inout [String: Any], _ row: ComplaintRow, _ context: SignedInContext
    ) async throws {
        guard desk.sight(of: context.identity).opens(row.complaint) else { return }
        let openings = try await desk.store.openings(of: row.number)
        data["reporter"] =
            [
                "form": ReporterPages.form(context).data, "address": "/intake/complaints/\(row.number)/reporter",
                "hasOpenings": !openings.isEmpty,
                "openings": openings.map {
                    ["by": $0.openedBy, "time": context.time($0.openedAt), "reason": $0.reason] as [String: Any]
                },
            ] as [String: Any]
    }

    private func show(_ context: SignedInContext) async throws -> Response {
        let number = try context.ticketNumber()
        let row = try await desk.record(number, for: context.identity)
        let remarks = try await desk.store.remarks(on: number)
        let evidence = try await desk.store.evidence(of: number)
        var data = desk.details(row, context)
        data["evidence"] = evidence.map {
            ["id": $0.id, "name": $0.name, "size": ByteText.size($0.size), "mediaType": $0.mediaType]
        }
        data["hasEvidence"] = !evidence.isEmpty
        data["timeline"] = remarks.map { remark in
            var entry: [String: Any] = [
                "title": context.text("intake.remark.\(remark.kind)"), "time": context.time(remark.saidAt),
                "by": remark.saidBy ?? context.text("intake.customer"),
            ]
            entry["text"] = remark.text
            return entry
        }
        data["hasRemarks"] = !remarks.isEmpty
        let others = try await desk.possibleDuplicates(of: row, context, for: context.identity)
        data["duplicates"] = others
        data["hasDuplicates"] = !others.isEmpty
        try await addReporter(&data, row, context)
        return try context.page("intake-complaint", data)
    }
}

/// Sizes of files for people.
enum ByteText {
    static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1024: "\(bytes) B"
        case ..<(1 << 20): "\((bytes + 512) >> 10) KiB"
        default: "\((bytes * 10 >> 20) / 10).\((bytes * 10 >> 20) % 10) MiB"
        }
    }
}
