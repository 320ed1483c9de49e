import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// Corrective measures (整改措施): set from a month's report or from a complaint's root cause, carried out by a department,
/// audited with result and consequence. Rules M19, V11, V12. Every address is there twice: as a page, and under `api`.
struct MeasurePages: Sendable {
    let store: ReportingStore
    let pack: PolicyPack
    let terms: ImprovementTerms
    let frame: ReportingFrame
    let titles: Titles

    /// - Parameter pages: The pages for one request, by the pack that holds then.
    static func add(to routes: Router<WebContext>, _ pages: @escaping @Sendable () throws -> MeasurePages) {
        for base in ["/reporting", "/reporting/api"] {
            let root = RouterPath(base + "/measures")
            let readers = routes.staff(root, roles: ReportingAccess.readers)
            readers.get { _, context in try await pages().list(context) }
            readers.get("{id}") { _, context in try await pages().show(context) }
            readers.post("{id}/completion") { request, context in try await pages().complete(request, context) }
            readers.post("{id}/audit") { request, context in try await pages().audit(request, context) }
            let setters = routes.staff(root, roles: ReportingAccess.setters)
            setters.post { request, context in try await pages().set(request, context) }
        }
    }

    // MARK: Reading

    private func list(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        let (filter, view) = try self.filter(context)
        let measures = try await store.measures(filter)
        let needs = try await store.measureNeeds()
        if context.isProgram { return try context.json(MeasureListAnswer(measures: measures, needs: needs)) }
        let list = MeasureListView(
            showing: Showing(context: context, titles: titles), pack: pack, terms: terms, timeZone: pack.timeZone)
        let data = list.data(measures, needs: needs, view: view, filter: filter, refused: refused)
        return try frame.page("measures", data, at: .measures, context, status: refused?.problem.status ?? .ok)
    }

    private func filter(_ context: SignedInContext) throws -> (MeasureFilter, String) {
        var fields = Fields(form: (try? URLEncodedForm.parse(context.visit.uri.query ?? "")) ?? [])
        var filter = MeasureFilter()
        let view = fields.choice("view", of: ["all", "open", "overdue", "done", "audited"], required: false) ?? "all"
        filter.stage = MeasureStage(rawValue: view)
        if view == "overdue" { filter.overdueAt = context.now }
        filter.month = Self.month(&fields, pack.timeZone)
        filter.department = fields.text("department", most: 60).flatMap { DepartmentID($0) }
        try fields.check()
        return (filter, view)
    }

    private func show(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        guard let (measure, trail) = try await store.measure(try context.itemID()) else { throw Problem.notFound() }
        if context.isProgram { return try context.json(MeasureAnswer(measure: measure, trail: trail)) }
        let view = MeasureView(
            measure: measure, trail: trail, showing: Showing(context: context, titles: titles),
            mayComplete: mayComplete(measure, context.identity), mayAudit: mayAudit(measure, context.identity))
        return try frame.page(
            "measure", view.data(refused: refused), at: .measures, context, status: refused?.problem.status ?? .ok)
    }

    // MARK: Who may

    /// The department's own people, and who may set measures.
    private func mayComplete(_ measure: Measure, _ identity: Identity) -> Bool {
        identity.department.map { $0 == measure.department.text } ?? identity.has(any: ReportingAccess.setters)
    }

    /// Whom the pack names; management where it names nobody.
    private func mayAudit(_ measure: Measure, _ identity: Identity) -> Bool {
        guard identity.name != measure.doneBy else { return false }
        return terms.auditedBy.map { $0 == identity.name } ?? identity.has(any: [.manager, .supervisor])
    }

    // MARK: Changing

    /// The list, or the one, once more with what is wrong in a form that was refused.
    private func listed(_ context: SignedInContext) -> FormAgain { { try await list(context, refused: ($0, $1)) } }
    private func shown(_ context: SignedInContext) -> FormAgain { { try await show(context, refused: ($0, $1)) } }

    private func set(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await context.carryOut(
            request, said: "reporting.measure.said.set", next: Self.address, again: listed(context)
        ) { fields in
            let month = Self.month(&fields, pack.timeZone)
            let numberText = fields.text("number", most: 40)
            let number = numberText.flatMap { TicketNumber($0) }
            if numberText != nil, number == nil { fields.refuse("number", "reporting.problem.number") }
            if month == nil, numberText == nil, fields.problems.isEmpty {
                fields.refuse("month", "reporting.measure.problem.origin")
            }
            let ids = pack.departments.map(\.id.text)
            let department = fields.choice("department", of: ids).flatMap { DepartmentID($0) }
            let measure = fields.text("measure", required: true, most: 2000)
            let cause = fields.text("cause", most: 2000)
            let due = Self.due(&fields, context, pack.timeZone)
            try fields.check()
            guard let department, let measure else { throw Problem.unexpected }
            let dueAt = due ?? pack.calendar.due(from: context.now, within: terms.within).dueAt
            do {
                return try await store.set(
                    Measure(
                        month: month, ticket: number, department: department, measure: measure, cause: cause,
                        dueAt: dueAt, setBy: context.identity.name, setAt: context.now))
            } catch ImprovementRefusal.unknown {
                throw Problem.invalid([FieldProblem(pointer: "/number", phrase: Phrase("problem.notFound.ticket"))])
            }
        }
    }

    private func complete(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let measure = try await find(context)
        guard mayComplete(measure, context.identity) else {
            throw Problem.forbidden(Phrase("reporting.measure.problem.department"))
        }
        return try await context.carryOut(
            request, said: "reporting.measure.said.done", next: Self.address, again: shown(context)
        ) { fields in
            let outcome = fields.text("outcome", required: true, most: 2000)
            try fields.check()
            return try await store.completeMeasure(
                measure.id ?? 0, outcome: outcome ?? "", by: context.identity.name)
        }
    }

    private func audit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let measure = try await find(context)
        guard mayAudit(measure, context.identity) else {
            if let name = terms.auditedBy, name != context.identity.name {
                throw Problem(ImprovementRefusal.onlyFor(name))
            }
            throw Problem(ImprovementRefusal.ownWork)
        }
        return try await context.carryOut(
            request, said: "reporting.measure.said.audited", next: Self.address, again: shown(context)
        ) { fields in
            let audit = try Self.audit(&fields, context, pack.timeZone)
            return try await store.auditMeasure(measure.id ?? 0, audit, by: context.identity.name)
        }
    }

    private static func audit(
        _ fields: inout Fields, _ context: SignedInContext, _ timeZone: TimeZone
    ) throws -> MeasureAudit {
        let result = fields.choice("result", of: AuditResult.self)
        let note = fields.text("note", required: true, most: 2000)
        let consequence = fields.choice("consequence", of: Consequence.self, required: false) ?? .none
        let words = fields.text("consequenceNote", required: consequence != .none, most: 500)
        let due = Self.due(&fields, context, timeZone)
        if result == .insufficient, due == nil, !fields.isRefused("due") { fields.refuse("due", "validation.required") }
        try fields.check()
        guard let result, let note else { throw Problem.unexpected }
        return MeasureAudit(
            result: result, note: note, consequence: consequence,
            consequenceNote: consequence == .none ? nil : words, dueAt: result == .insufficient ? due : nil)
    }

    private func find(_ context: SignedInContext) async throws -> Measure {
        guard let found = try await store.measure(try context.itemID()) else { throw Problem.notFound() }
        return found.measure
    }

    private static func month(_ fields: inout Fields, _ timeZone: TimeZone) -> String? {
        guard let month = fields.text("month", most: 20) else { return nil }
        if ReportPeriod.month(month, in: timeZone) != nil { return month }
        fields.refuse("month", "reporting.problem.month")
        return nil
    }

    /// A day, which ends with its last second; not in the past.
    private static func due(_ fields: inout Fields, _ context: SignedInContext, _ timeZone: TimeZone) -> Date? {
        guard let text = fields.text("due", most: 20) else { return nil }
        guard let day = ReportPeriod.day(text, in: timeZone) else {
            fields.refuse("due", "reporting.problem.day")
            return nil
        }
        let dueAt = day.end.addingTimeInterval(-1)
        if dueAt < context.now { fields.refuse("due", "reporting.measure.problem.past") }
        return dueAt
    }

    private static func address(_ measure: Measure) -> String { "/reporting/measures/\(measure.id ?? 0)" }
}

/// Measures as JSON, and the complaints that have to have one still.
struct MeasureListAnswer: Encodable, Sendable {
    let measures: [Measure]
    let needs: [MeasureNeed]
}

/// A measure as JSON: its fields, and its trail.
struct MeasureAnswer: Encodable, Sendable {
    let measure: Measure
    let trail: [TrailStep]

    private enum CodingKeys: String, CodingKey { case trail }

    func encode(to encoder: any Encoder) throws {
        try measure.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(trail, forKey: .trail)
    }
}
