import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// What an emergency team is called to, and its report (应急处理; S04, W05).
struct EmergencyPages: Sendable {
    let desk: DepartmentDesk

    /// An emergency as a program reads it.
    struct Answer: Encodable {
        var number: String
        var calledAt: Date
        var measures: LocalizedText
        var narrative: String
        var report: String?
        var attendedAt: Date?
        var attendedBy: String?

        init(_ record: EmergencyRecord) {
            (number, calledAt) = (record.number, record.calledAt)
            (measures, narrative) = (record.call.measures, record.call.complaint.narrative)
            (report, attendedAt, attendedBy) = (record.report, record.attendedAt, record.attendedBy)
        }
    }

    func add(to routes: RouterGroup<SignedInContext>) {
        routes.get("emergencies") { _, context in try await list(context) }
        routes.post("emergencies/{number}") { request, context in
            var fields = try await context.fields(of: request)
            do {
                try await attend(&fields, context)
            } catch let problem as Problem where problem.status == .unprocessableContent {
                return try await list(context, refused: (try context.ticketNumber(), fields))
            }
            return context.redirect(to: "\(desk.home)emergencies", flash: Phrase("department.emergency.done"))
        }
        routes.get("api/emergencies") { _, context in
            guard desk.visitor(context).isInsider else { throw Problem.forbidden(Phrase("problem.forbidden.role")) }
            return try context.json(try await desk.store.emergencies(seenBy: context.identity.viewer).map(Answer.init))
        }
        routes.post("api/emergencies/{number}") { request, context in
            var fields = try await context.fields(of: request)
            try await attend(&fields, context)
            return try context.json(try await desk.store.emergencies(seenBy: context.identity.viewer).map(Answer.init))
        }
    }

    private func attend(_ fields: inout Fields, _ context: SignedInContext) async throws {
        guard isOfTheTeam(context.identity) else {
            throw Problem.forbidden(Phrase("problem.forbidden.role"))
        }
        let number = try context.ticketNumber()
        guard
            try await desk.store.emergencies(seenBy: context.identity.viewer).contains(where: {
                $0.number == number.text
            })
        else { throw Problem.notFound(Phrase("department.emergency.unknown")) }
        let report = fields.text("report", required: true, most: 2000)
        try fields.check()
        guard let report, try await desk.store.attend(number, report: report, by: context.identity.actor) else {
            throw Problem.notFound(Phrase("department.emergency.unknown"))
        }
    }

    /// Who goes there has to reach the customer; whoever else may look sees no more of them than on other pages (M18).
    private func isOfTheTeam(_ identity: Identity) -> Bool {
        desk.visitor(for: identity).isInsider && identity.has(any: [.handler, .head])
    }

    private func list(
        _ context: SignedInContext, refused: (number: TicketNumber, fields: Fields)? = nil
    ) async throws -> Response {
        guard desk.visitor(context).isInsider else { throw Problem.forbidden(Phrase("problem.forbidden.role")) }
        let records = try await desk.store.emergencies(seenBy: context.identity.viewer)
        let language = context.language.tag
        let wording = CaseWording(context, try await desk.store.words())
        let isOfTheTeam = isOfTheTeam(context.identity)
        let rows = records.map { record -> [String: Any] in
            let complaint = isOfTheTeam ? record.call.complaint : record.call.complaint.masked(ContactMasks.contacts)
            var row: [String: Any] = [
                "number": record.number, "time": context.time(record.calledAt),
                "title": record.call.title.text(for: language), "measures": record.call.measures.text(for: language),
                "narrative": complaint.narrative,
                "contact": [complaint.complainant.name, complaint.complainant.phone, complaint.complainant.address]
                    .compactMap(\.self).joined(separator: " · "),
            ]
            row["reason"] = complaint.reason
            row["report"] = record.report
            row["by"] = record.attendedBy.map(wording.person)
            row["attended"] = record.attendedAt.map { context.time($0) }
            if record.attendedAt == nil, isOfTheTeam {
                var form = FormView(
                    context, fields: refused?.number.text == record.number ? refused?.fields : nil,
                    idPrefix: "f-\(record.number)")
                form.add(
                    FormField(
                        "report", context.text("department.emergency.report"), .area(rows: 2), required: true,
                        most: 2000))
                row["form"] = form.data
                row["address"] = "\(desk.home)emergencies/\(record.number)"
            }
            return row
        }
        return try context.page(
            "emergencies",
            ["department": desk.title.text(for: language), "home": desk.home, "rows": rows, "isEmpty": rows.isEmpty],
            status: refused == nil ? .ok : .unprocessableContent)
    }
}
