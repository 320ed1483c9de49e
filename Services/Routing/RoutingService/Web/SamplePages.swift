import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// Sampling for inspection (抽查; W20): periods with what was drawn for them, and each sample with its complaints and results.
struct SamplePages: Sendable {
    static let address = "/routing/supervision/samples"

    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        let pages = routes.staff(RouterPath(Self.address), roles: RoutingWeb.anybody)
        pages.get { _, context in try await list(context) }
        pages.post { request, context in try await draw(request, context) }
        pages.get("{id}") { _, context in try await show(context) }
        pages.post("{id}/results") { request, context in try await record(request, context) }
    }

    private func list(_ context: SignedInContext) async throws -> Response {
        let terms = try web.checkReadsInspections(context)
        let samples = try await web.store.samples()
        let view = SampleView(wording: Wording(context: context, pack: web.pack), terms: terms, web: web)
        return try context.page("samples", view.list(samples))
    }

    private func draw(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let terms = try web.checkInspects(context)
        var fields = try await context.fields(of: request)
        let order = try InspectionReading(pack: web.pack).drawing(&fields, terms)
        do {
            let sample = try await Problem.translatingInspection {
                try await web.inspections.draw(order.period, terms, draw: order.draw, by: context.identity.name)
            }
            return context.redirect(
                to: "\(Self.address)/\(sample.id)", flash: Phrase("routing.inspection.drawn"))
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: Self.address, flash: problem.detail ?? Phrase("problem.conflict.text"), isWarning: true)
        }
    }

    private func show(_ context: SignedInContext, refused: RefusedEntry? = nil) async throws -> Response {
        let terms = try web.checkReadsInspections(context)
        let id = try DutyReading.id(context)
        guard let sample = try await web.store.sample(id, at: context.now) else { throw Problem.notFound() }
        let sight = web.sight(context)
        let seen = sample.drawn.filter { sight.sees($0.record) }
        let view = SampleView(wording: Wording(context: context, pack: web.pack), terms: terms, web: web)
        return try context.page(
            "sample", view.page(sample.record, seen, refused: refused),
            status: refused == nil ? .ok : .unprocessableContent)
    }

    private func record(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try web.checkInspects(context)
        let id = try DutyReading.id(context)
        var fields = try await context.fields(of: request)
        let address = "\(Self.address)/\(id)"
        do {
            let (number, result) = try InspectionReading(pack: web.pack).result(&fields)
            try await web.check(number, context)
            try await Problem.translatingInspection {
                try await web.inspections.record(result, of: number, in: id, by: context.identity.name)
            }
            return context.redirect(
                to: "\(address)#c-\(number)", flash: Phrase("routing.inspection.recorded", ["number": number.text]))
        } catch let problem as Problem where !problem.errors.isEmpty {
            let number = fields.text("number", most: 40).flatMap { TicketNumber($0) }
            return try await show(context, refused: RefusedEntry(number: number, fields: fields))
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: address, flash: problem.detail ?? Phrase("problem.conflict.text"), isWarning: true)
        }
    }
}

extension RoutingStore {
    /// The latest first.
    func samples() async throws -> [SampleSummary] {
        try await database.read { db in try SampleTable.all(in: db) }
    }

    /// A sample with its complaints as they stand now.
    func sample(_ id: Int64, at now: Date) async throws -> (record: SampleRecord, drawn: [SampledComplaint])? {
        try await database.read { db in
            guard let record = try SampleTable.find(id, in: db) else { return nil }
            return (record, try SampleTable.drawn(in: id, at: now, in: db))
        }
    }
}
