import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// A duty in the API.
struct DutyAnswer: Encodable {
    var id: Int64
    var number: TicketNumber
    var kind: String
    var rule: String
    var title: LocalizedText
    var recipient: String
    var recipientTitle: LocalizedText
    var form: String
    var purpose: String?
    var openedAt: Date
    var dueAt: Date
    var timing: LocalizedText
    var explanations: [Explanation]
    var missedAt: Date?
    var subject: String?
    var body: String?
    var doneAt: Date?
    var doneBy: String?
    var way: String?
    var note: String?
    var answer: String?
    var answeredAt: Date?
    var answeredBy: String?
    var voidAt: Date?

    init(_ entry: DutyRecord) {
        let duty = entry.duty
        (id, number, kind, rule) = (entry.id, entry.number, duty.kind.rawValue, duty.rule)
        (title, recipient, recipientTitle) = (duty.title, duty.recipient, duty.recipientTitle)
        (form, purpose, openedAt, dueAt) = (duty.form.rawValue, duty.purpose?.rawValue, duty.openedAt, duty.dueAt)
        (timing, explanations, missedAt) = (duty.timing, duty.because, entry.missedAt)
        (subject, body) = (entry.subject, entry.body)
        (doneAt, doneBy, way, note) = (entry.doneAt, entry.doneBy, entry.way, entry.note)
        (answer, answeredAt, answeredBy, voidAt) = (entry.answer, entry.answeredAt, entry.answeredBy, entry.voidAt)
    }
}

/// A part in the API.
struct PartAnswer: Encodable {
    var id: Int64
    var number: String
    var part: String
    var way: String
    var reference: String?
    var expectedAt: Date?
    var orderedAt: Date
    var orderedBy: String
    var arrivedAt: Date?
    var arrivedBy: String?

    init(_ part: PartRecord) {
        (id, number, self.part, way) = (part.id, part.number, part.part, part.way)
        (reference, expectedAt) = (part.reference, part.expectedAt)
        (orderedAt, orderedBy, arrivedAt, arrivedBy) = (part.orderedAt, part.orderedBy, part.arrivedAt, part.arrivedBy)
    }
}

/// Duties, early warnings, parts and groups for programs, described in `docs/api/routing.yaml`.
struct DutyAPI: Sendable {
    let web: RoutingWeb

    func add(to routes: Router<WebContext>) {
        addDuties(to: routes)
        let path: RouterPath = "/routing/api/complaints/{number}"
        routes.staff(path, roles: web.warningRoles).post("warning") { request, context in
            try context.json(ComplaintAnswer(try await warn(request, context)))
        }
        routes.staff(path, roles: RoutingWeb.mergers).post("group") { request, context in
            try context.json(ComplaintAnswer(try await group(request, context)))
        }
        routes.staff(path, roles: RoutingWeb.partsRoles).post("parts") { request, context in
            let number = try context.ticketNumber()
            try await web.checkParts(context)
            var fields = try await context.fields(of: request)
            let order = try CourseReading(pack: web.pack).part(&fields, at: context.now)
            let parts = try await Problem.translating {
                try await web.desk.order(order, for: number, by: context.identity.name)
            }
            return try context.json(parts.map(PartAnswer.init))
        }
        routes.staff("/routing/api/parts/{id}", roles: RoutingWeb.partsRoles).post("arrival") { _, context in
            let id = try DutyReading.id(context)
            try await web.checkParts(context)
            let parts = try await Problem.translating { try await web.desk.arrive(id, by: context.identity.name) }
            return try context.json(parts.map(PartAnswer.init))
        }
    }

    private func addDuties(to routes: Router<WebContext>) {
        routes.staff("/routing/api/duties", roles: RoutingWeb.readers).get { _, context in
            let filter = try DutyReading.filter(context)
            let (now, sight) = (context.now, web.sight(context))
            let listed = try await web.store.database.read { db in try DutyTable.list(filter, at: now, in: db) }
            return try context.json(listed.filter { sight.sees($0.complaint) }.map { DutyAnswer($0.record) })
        }
        let writers = routes.staff("/routing/api/duties/{id}", roles: RoutingWeb.dutiful)
        writers.put("document") { request, context in
            var fields = try await context.fields(of: request)
            let (subject, body) = try DutyReading.document(&fields)
            return try await change(context) { id in try await web.desk.write(id, subject: subject, body: body) }
        }
        writers.post("fulfilment") { request, context in
            var fields = try await context.fields(of: request)
            let (way, note) = try DutyReading.fulfilment(&fields)
            return try await change(context) { id in
                try await web.desk.fulfil(id, way: way, note: note, by: context.identity.name)
            }
        }
        writers.post("answer") { request, context in
            var fields = try await context.fields(of: request)
            let answer = try DutyReading.answer(&fields)
            return try await change(context) { id in
                try await web.desk.answer(id, answer, by: context.identity.name)
            }
        }
    }

    private func change(
        _ context: SignedInContext, _ work: (Int64) async throws -> DutyRecord
    ) async throws -> Response {
        let id = try DutyReading.id(context)
        if let entry = try await web.store.database.read({ db in try DutyTable.find(id, in: db) }) {
            try await web.check(entry.number, context)
        }
        return try context.json(DutyAnswer(try await Problem.translating { try await work(id) }))
    }

    private func warn(_ request: Request, _ context: SignedInContext) async throws -> ComplaintRecord {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        var fields = try await context.fields(of: request)
        let order = try CourseReading(pack: web.pack).warning(&fields)
        return try await Problem.translating {
            try await web.desk.warn(number, order, by: context.identity.name)
        }
    }

    private func group(_ request: Request, _ context: SignedInContext) async throws -> ComplaintRecord {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        var fields = try await context.fields(of: request)
        let order = try CourseReading(pack: web.pack).group(&fields)
        return try await Problem.translating {
            try await web.desk.group(number, with: order.members, reason: order.reason, by: context.identity.name)
        }
    }
}
