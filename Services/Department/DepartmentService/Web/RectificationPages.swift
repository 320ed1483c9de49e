import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The rectification notices (整改通知; W20) that the department was given, and its answers.
struct RectificationPages: Sendable {
    let desk: DepartmentDesk

    /// A notice as a program reads it.
    struct Answer: Encodable {
        var number: TicketNumber
        var notice: Int
        var finding: String
        var standing: String
        var round: Int
        var orderedAt: Date
        var orderedBy: String?
        var dueAt: Date
        var answer: String?
        var answeredAt: Date?
        var answeredBy: String?
        var comment: String?

        init(_ record: RectificationRecord) {
            (number, notice, finding) = (record.number, record.notice, record.ordered.finding)
            (standing, round, orderedAt) = (record.standing.rawValue, record.round, record.orderedAt)
            (orderedBy, dueAt, answer) = (record.ordered.by.name, record.dueAt, record.answer)
            (answeredAt, answeredBy, comment) = (record.answeredAt, record.answeredBy, record.comment)
        }
    }

    /// A form that was refused, and for which notice.
    private struct Refused {
        var number: TicketNumber
        var notice: Int
        var fields: Fields
        var problem: Problem
    }

    func add(to routes: RouterGroup<SignedInContext>) {
        routes.get("rectifications") { _, context in try await list(context) }
        routes.post("rectifications/{number}/{notice}") { request, context in
            var fields = try await context.fields(of: request)
            do {
                try await answer(&fields, context)
            } catch let problem as Problem where [.unprocessableContent, .conflict].contains(problem.status) {
                let (number, notice) = try Self.place(context)
                return try await list(
                    context, refused: Refused(number: number, notice: notice, fields: fields, problem: problem))
            }
            return context.redirect(
                to: "\(desk.home)rectifications", flash: Phrase("department.rectification.done"))
        }
        routes.get("api/rectifications") { _, context in try await listAnswer(context) }
        routes.post("api/rectifications/{number}/{notice}") { request, context in
            var fields = try await context.fields(of: request)
            try await answer(&fields, context)
            return try await listAnswer(context)
        }
    }

    private static func place(_ context: SignedInContext) throws(Problem) -> (TicketNumber, Int) {
        guard let notice = context.parameters.get("notice").flatMap({ Int($0) }) else { throw .notFound() }
        return (try context.ticketNumber(), notice)
    }

    private func answer(_ fields: inout Fields, _ context: SignedInContext) async throws {
        guard context.identity.has(any: Self.answerers) else {
            throw Problem.forbidden(Phrase("problem.forbidden.role"))
        }
        let (number, notice) = try Self.place(context)
        let seen = try await desk.store.rectifications(seenBy: context.identity.viewer)
        guard seen.contains(where: { $0.number == number && $0.notice == notice }) else {
            throw Problem.notFound(Phrase("department.rectification.unknown"))
        }
        let answer = fields.text("answer", required: true, most: 2000)
        try fields.check()
        do {
            try await desk.store.answer(number, notice, answer ?? "", by: context.identity.actor)
        } catch RectificationRefusal.unknown {
            throw Problem.notFound(Phrase("department.rectification.unknown"))
        } catch RectificationRefusal.answered {
            throw Problem.conflict(Phrase("department.rectification.answered"))
        }
    }

    /// Who answers: the department's own people.
    private static let answerers: Set<Role> = [.handler, .head]

    private func listAnswer(_ context: SignedInContext) async throws -> Response {
        let seen = try await desk.store.rectifications(seenBy: context.identity.viewer)
        return try context.json(["rectifications": seen.map(Answer.init)])
    }

    private func list(_ context: SignedInContext, refused: Refused? = nil) async throws -> Response {
        let records = try await desk.store.rectifications(seenBy: context.identity.viewer)
        let wording = CaseWording(context, try await desk.store.words())
        var data: [String: Any] = [
            "department": desk.title.text(for: context.language.tag), "home": desk.home,
            "rows": records.map { row($0, context, wording, refused) }, "isEmpty": records.isEmpty,
        ]
        if let problem = refused?.problem, problem.status == .conflict {
            data["conflict"] = context.text(problem.detail ?? Phrase("problem.conflict.text"))
        }
        return try context.page("rectifications", data, status: refused?.problem.status ?? .ok)
    }

    private func row(
        _ record: RectificationRecord, _ context: SignedInContext, _ wording: CaseWording, _ refused: Refused?
    ) -> [String: Any] {
        let name = "\(record.number)-\(record.notice)"
        var row: [String: Any] = [
            "name": name, "finding": record.ordered.finding, "time": context.time(record.orderedAt),
            "orderedBy": wording.name(of: record.ordered.by), "standing": standing(record, context),
        ]
        if record.standing == .open {
            row["deadline"] = context.deadline(dueAt: record.dueAt)
            row["returned"] = record.comment
        } else {
            row["comment"] = record.comment
        }
        row["why"] = record.round == 1 ? record.ordered.deadline?.explanation.text(for: context.language.tag) : nil
        row["answer"] = record.answer
        row["by"] = record.answeredBy.map(wording.person)
        row["answered"] = record.answeredAt.map { context.time($0) }
        guard record.standing == .open, context.identity.has(any: Self.answerers) else { return row }
        let isRefused = refused?.number == record.number && refused?.notice == record.notice
        var form = FormView(context, fields: isRefused ? refused?.fields : nil, idPrefix: "f-\(name)")
        form.add(
            FormField(
                "answer", context.text("department.rectification.answer"), .area(rows: 3), required: true, most: 2000))
        row["form"] = form.data
        row["address"] = "\(desk.home)rectifications/\(record.number)/\(record.notice)"
        return row
    }

    private func standing(_ record: RectificationRecord, _ context: SignedInContext) -> [String: Any] {
        let isLate = record.standing == .open && record.dueAt < context.now
        let tone: Tone =
            switch record.standing {
            case .open: isLate ? .bad : .warn
            case .answered: .info
            case .closed: .good
            }
        let key = isLate ? "overdue" : record.standing.rawValue
        return context.badge(context.text("department.rectification.standing.\(key)"), tone)
    }
}
