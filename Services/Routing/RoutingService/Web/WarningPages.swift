import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// Early warnings (抱怨预警) that wait to be soothed, and the parts that customers wait for: for the advisers and the parts
/// manager, who do not work at the triage desk. Rules V02–V04.
struct WarningPages: Sendable {
    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        guard web.pack.warnings != nil else { return }
        let advisers = routes.staff("/routing/warnings", roles: web.warningRoles)
        advisers.get { _, context in try await list(context) }
        advisers.post("{number}") { request, context in try await settle(request, context) }
        let parts = routes.staff("/routing/parts", roles: RoutingWeb.partsRoles)
        parts.get { _, context in try await register(context) }
        parts.post("{number}") { request, context in
            let number = try context.ticketNumber()
            try await web.checkParts(context)
            return try await order(request, context, number, page: register, back: "/routing/parts", "ordered") {
                fields in
                let order = try CourseReading(pack: web.pack).part(&fields, at: context.now)
                _ = try await web.desk.order(order, for: number, by: context.identity.name)
            }
        }
        parts.post("arrivals/{id}") { request, context in
            let id = try DutyReading.id(context)
            try await web.checkParts(context)
            return try await order(request, context, nil, page: register, back: "/routing/parts", "arrived") { _ in
                _ = try await web.desk.arrive(id, by: context.identity.name)
            }
        }
    }

    // MARK: Warnings

    private func settle(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        return try await order(request, context, number, page: list, back: "/routing/warnings", "warned") { fields in
            let order = try CourseReading(pack: web.pack).warning(&fields)
            _ = try await web.desk.warn(number, order, by: context.identity.name)
        }
    }

    private func list(_ context: SignedInContext, refused: RefusedEntry? = nil) async throws -> Response {
        let open = try await web.store.openWarnings()
        let wording = Wording(context: context, pack: web.pack)
        let sight = web.sight(context)
        let rows = open.filter { sight.sees($0.complaint) }.map { listed -> [String: Any] in
            let complaint = listed.complaint.complaint.masked(sight.masks)
            var row: [String: Any] = [
                "number": listed.complaint.number.text, "narrative": complaint.narrative,
                "time": context.time(complaint.heardAt), "deadline": context.deadline(dueAt: listed.record.duty.dueAt),
                "department": wording.text(listed.record.duty.recipientTitle),
                "person": [complaint.complainant.name, complaint.complainant.phone].compactMap(\.self)
                    .joined(separator: " · "),
                "recordedBy": complaint.recordedBy ?? "",
                "form": form(listed.complaint.number, context, refused).data,
                "address": "/routing/warnings/\(listed.complaint.number)",
            ]
            row["reason"] = complaint.reason
            row["product"] = complaint.about.product
            return row
        }
        return try context.page(
            "warnings",
            [
                "rows": rows, "isEmpty": rows.isEmpty,
                "soothing": web.pack.warnings?.soothing.text(for: context.language.tag) ?? "",
                "record": "\(context.site.settings.sites.intake.absoluteString)/intake/warnings",
                "hasParts": web.pack.warnings?.parts != nil,
            ], status: refused == nil ? .ok : .unprocessableContent)
    }

    private func form(_ number: TicketNumber, _ context: SignedInContext, _ refused: RefusedEntry?) -> FormView {
        var form = FormView(
            context, fields: refused?.number == number ? refused?.fields : nil, idPrefix: "f-\(number)")
        form.add(
            FormField(
                "verdict", context.text("routing.warning.verdict"),
                .radio(
                    WarningOrder.Verdict.allCases.map {
                        .init($0.rawValue, context.text("routing.warning.\($0.rawValue)"))
                    }), required: true))
        form.add(
            FormField(
                "words", context.text("routing.warning.words"), .area(rows: 2), required: true,
                most: OrderReading.longest))
        return form
    }

    // MARK: Parts

    private func register(_ context: SignedInContext, refused: RefusedEntry? = nil) async throws -> Response {
        try await web.checkParts(context)
        let cases = try await web.store.partsCases()
        let wording = Wording(context: context, pack: web.pack)
        let sight = web.sight(context)
        let rows = cases.filter { sight.sees($0.duty.complaint) }.map { entry -> [String: Any] in
            let complaint = entry.duty.complaint.complaint
            var row: [String: Any] = [
                "number": entry.duty.complaint.number.text,
                "summary": complaint.reason ?? String(complaint.narrative.prefix(60)),
                "deadline": context.deadline(dueAt: entry.duty.record.duty.dueAt),
                "parts": entry.parts.map { part($0, context) }, "hasParts": !entry.parts.isEmpty,
                "form": partForm(entry.duty.complaint.number, wording, refused).data,
                "address": "/routing/parts/\(entry.duty.complaint.number)",
            ]
            row["severity"] = wording.severity(entry.duty.complaint.severity)
            row["product"] = complaint.about.product
            row["orderNumber"] = complaint.about.orderNumber
            return row
        }
        return try context.page(
            "parts", ["rows": rows, "isEmpty": rows.isEmpty], status: refused == nil ? .ok : .unprocessableContent)
    }

    private func part(_ part: PartRecord, _ context: SignedInContext) -> [String: Any] {
        var data: [String: Any] = [
            "part": part.part, "way": part.way, "ordered": context.time(part.orderedAt), "by": part.orderedBy,
            "isOpen": part.arrivedAt == nil, "address": "/routing/parts/arrivals/\(part.id)",
        ]
        data["reference"] = part.reference
        data["expected"] = part.expectedAt.map { context.time($0) }
        data["arrived"] = part.arrivedAt.map { context.time($0) }
        return data
    }

    private func partForm(_ number: TicketNumber, _ wording: Wording, _ refused: RefusedEntry?) -> FormView {
        let context = wording.context
        let ways = (web.pack.warnings?.parts?.ways ?? []).map { way in
            FormField.Option(wording.text(way), wording.text(way))
        }
        var form = FormView(
            context, fields: refused?.number == number ? refused?.fields : nil, idPrefix: "f-\(number)")
        form.add(FormField("part", context.text("routing.part.part"), required: true, most: 200))
        form.add(FormField("way", context.text("routing.part.way"), .select(ways), required: true))
        form.add(FormField("reference", context.text("routing.part.reference"), most: 100))
        form.add(FormField("expectedAt", context.text("routing.part.expectedAt"), .line("datetime-local")))
        return form
    }

    private func order(
        _ request: Request, _ context: SignedInContext, _ number: TicketNumber?,
        page: (SignedInContext, RefusedEntry?) async throws -> Response, back: String, _ done: String,
        _ work: (inout Fields) async throws -> Void
    ) async throws -> Response {
        var fields = try await context.fields(of: request)
        do {
            try await Problem.translating { try await work(&fields) }
        } catch let problem as Problem where !problem.errors.isEmpty {
            return try await page(context, RefusedEntry(number: number, fields: fields))
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: back, flash: problem.detail ?? Phrase("problem.conflict.text"), isWarning: true)
        }
        return context.redirect(to: back, flash: Phrase("routing.warning.done.\(done)"))
    }
}

/// A form of a list that was sent and refused.
struct RefusedEntry {
    var number: TicketNumber?
    var fields: Fields
}

/// A complaint that waits for parts.
struct PartsCase: Sendable {
    var duty: ListedDuty
    var parts: [PartRecord]
}

extension RoutingStore {
    /// Warnings that nobody has soothed or passed on yet, what is due first on top.
    func openWarnings() async throws -> [ListedDuty] {
        try await database.read { db in
            try DutyTable.list(DutyFilter(view: .open, kind: .warning), at: .distantPast, in: db)
        }
    }

    /// Complaints that wait for parts, what is due first on top.
    func partsCases() async throws -> [PartsCase] {
        try await database.read { db in
            try DutyTable.list(DutyFilter(view: .open, kind: .parts), at: .distantPast, in: db).map { listed in
                PartsCase(duty: listed, parts: try PartTable.all(of: listed.record.number, in: db))
            }
        }
    }
}

extension RoutingWeb {
    /// Who soothes and explains: whoever may record a warning, and the desk.
    var warningRoles: Set<Role> {
        guard let warnings = pack.warnings else { return Self.deciders }
        return Set(warnings.recordedBy.compactMap { Role(rawValue: $0.rawValue) }).union(Self.deciders).union([.head])
    }

    /// Who keeps the register of parts; of the departments, the one that gets them.
    static let partsRoles: Set<Role> = [.agent, .coordinator, .supervisor, .manager, .handler, .head]

    /// - Throws: `Problem` with 403 for somebody of another department than the one that gets the parts.
    func checkParts(_ context: SignedInContext) async throws {
        guard let department = pack.warnings?.parts?.department else { throw Problem.notFound() }
        guard context.identity.belongs(to: department.text) else {
            throw Problem.forbidden(Phrase("problem.forbidden.role"))
        }
    }
}
