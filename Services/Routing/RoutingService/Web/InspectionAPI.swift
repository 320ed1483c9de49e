import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// Samples, inspections and rectification notices (W20) for programs, described in `docs/api/routing.yaml`.
struct InspectionAPI: Sendable {
    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        addSamples(to: routes)
        let notices = routes.staff("/routing/api/supervision/notices", roles: RoutingWeb.anybody)
        notices.get { _, context in
            try web.checkReadsInspections(context)
            let listed = try await web.notices(try InspectionReading.view(context), context)
            return try context.json(["notices": listed.map { NoticeAnswer($0.record) }])
        }
        notices.post { request, context in
            try web.checkInspects(context)
            var fields = try await context.fields(of: request)
            return try context.json(NoticeAnswer(try await web.order(&fields, context)), status: .created)
        }
        notices.get("{id}") { _, context in
            try web.checkReadsInspections(context)
            let (listed, steps) = try await web.notice(context)
            return try context.json(NoticeAnswer(listed.record, steps))
        }
        notices.post("{id}/decision") { request, context in
            try web.checkInspects(context)
            let (listed, _) = try await web.notice(context)
            var fields = try await context.fields(of: request)
            return try context.json(NoticeAnswer(try await web.decide(listed.record.id, &fields, context)))
        }
    }

    private func addSamples(to routes: Router<WebContext>) {
        let samples = routes.staff("/routing/api/supervision/samples", roles: RoutingWeb.anybody)
        samples.get { _, context in
            try web.checkReadsInspections(context)
            return try context.json(["samples": try await web.store.samples().map(SampleAnswer.init)])
        }
        samples.post { request, context in
            let terms = try web.checkInspects(context)
            var fields = try await context.fields(of: request)
            let order = try InspectionReading(pack: web.pack).drawing(&fields, terms)
            let sample = try await Problem.translatingInspection {
                try await web.inspections.draw(order.period, terms, draw: order.draw, by: context.identity.name)
            }
            return try context.json(try await answer(sample.id, context), status: .created)
        }
        samples.get("{id}") { _, context in
            try web.checkReadsInspections(context)
            return try context.json(try await answer(try DutyReading.id(context), context))
        }
        samples.post("{id}/results") { request, context in
            try web.checkInspects(context)
            let id = try DutyReading.id(context)
            var fields = try await context.fields(of: request)
            let (number, result) = try InspectionReading(pack: web.pack).result(&fields)
            try await web.check(number, context)
            try await Problem.translatingInspection {
                try await web.inspections.record(result, of: number, in: id, by: context.identity.name)
            }
            return try context.json(try await answer(id, context))
        }
    }

    private func answer(_ id: Int64, _ context: SignedInContext) async throws -> DrawnAnswer {
        guard let sample = try await web.store.sample(id, at: context.now) else { throw Problem.notFound() }
        let sight = web.sight(context)
        return DrawnAnswer(sample.record, sample.drawn.filter { sight.sees($0.record) })
    }
}

/// A sample in the API's list.
struct SampleAnswer: Encodable {
    var id: Int64
    var period: String
    var draw: Int
    var percent: Int
    var population: Int
    var drawn: Int
    var inspected: Int
    var findings: Int
    var drawnAt: Date
    var drawnBy: String

    init(_ summary: SampleSummary) {
        let record = summary.record
        (id, period, draw, percent) = (record.id, record.period, record.draw, record.percent)
        (population, drawn) = (record.population.count, summary.drawn)
        (inspected, findings) = (summary.inspected, summary.findings)
        (drawnAt, drawnBy) = (record.drawnAt, record.drawnBy)
    }
}

/// A sample in the API with everything that it takes to draw it again, and its complaints.
struct DrawnAnswer: Encodable {
    struct Complaint: Encodable {
        var number: TicketNumber
        var state: StateName
        var department: DepartmentID?
        var clocks: Int
        var missed: Int
        var result: String?
        var finding: String?
        var inspectedAt: Date?
        var inspectedBy: String?
        var notice: Int64?
    }

    var id: Int64
    var period: String
    var draw: Int
    var from: Date
    var until: Date
    var percent: Int
    /// The lowest SHA-256 of `seed:number` are drawn.
    var seed: String
    var population: [TicketNumber]
    var drawnAt: Date
    var drawnBy: String
    var complaints: [Complaint]

    init(_ sample: SampleRecord, _ drawn: [SampledComplaint]) {
        (id, period, draw) = (sample.id, sample.period, sample.draw)
        (from, until, percent, seed) = (sample.from, sample.until, sample.percent, sample.seed)
        (population, drawnAt, drawnBy) = (sample.population, sample.drawnAt, sample.drawnBy)
        complaints = drawn.map { sampled in
            Complaint(
                number: sampled.record.number, state: sampled.record.state, department: sampled.department,
                clocks: sampled.clocks, missed: sampled.missed, result: sampled.result?.verdict.rawValue,
                finding: sampled.result?.finding, inspectedAt: sampled.inspectedAt, inspectedBy: sampled.inspectedBy,
                notice: sampled.rectification)
        }
    }
}

/// A rectification notice in the API.
struct NoticeAnswer: Encodable {
    struct Step: Encodable {
        var step: String
        var at: Date
        var by: String
        var words: String?
    }

    var id: Int64
    var number: TicketNumber
    var notice: Int
    var department: DepartmentID
    var finding: String
    var sample: Int64?
    var standing: String
    var round: Int
    var orderedAt: Date
    var orderedBy: String
    var deadline: Deadline
    var isOverdue: Bool
    var answer: String?
    var answeredAt: Date?
    var answeredBy: String?
    var comment: String?
    var decidedAt: Date?
    var decidedBy: String?
    /// Of one notice alone.
    var steps: [Step]?

    init(_ record: RectificationRecord, _ steps: [RectificationStep]? = nil) {
        let notice = record.notice
        (id, number, self.notice, department) = (record.id, notice.number, notice.notice, notice.department)
        (finding, sample, standing, round) = (notice.finding, notice.sample, notice.standing.rawValue, notice.round)
        (orderedAt, orderedBy, deadline) = (notice.orderedAt, notice.orderedBy, notice.deadline)
        isOverdue = notice.isOwed && record.alert == .missed
        (answer, answeredAt, answeredBy) = (notice.answer, notice.answeredAt, notice.answeredBy)
        (comment, decidedAt, decidedBy) = (notice.comment, notice.decidedAt, notice.decidedBy)
        self.steps = steps?.map { Step(step: $0.step, at: $0.at, by: $0.by, words: $0.words) }
    }
}
