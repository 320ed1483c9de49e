import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The cases (案例) that the department was sent, and the confirmation that it has read them (签阅). Rule K17.
struct LessonPages: Sendable {
    let desk: DepartmentDesk

    /// A case as a program reads it.
    struct Answer: Encodable {
        var number: TicketNumber
        var caseFile: Int
        var title: String
        var background: String
        var cause: String
        var handling: String
        var lesson: String
        var sentAt: Date
        var sentBy: String?
        var readAt: Date?
        var readBy: String?

        init(_ record: LessonRecord) {
            (number, caseFile, title) = (record.number, record.sent.caseFile, record.sent.title)
            (background, cause) = (record.sent.background, record.sent.cause)
            (handling, lesson) = (record.sent.handling, record.sent.lesson)
            (sentAt, sentBy, readAt, readBy) = (record.sentAt, record.sent.by.name, record.readAt, record.readBy)
        }
    }

    /// Who confirms for the department: its own people.
    private static let readers: Set<Role> = [.handler, .head]

    func add(to routes: RouterGroup<SignedInContext>) {
        routes.get("lessons") { _, context in try await list(context) }
        routes.post("lessons/{number}/{caseFile}") { _, context in
            try await confirm(context)
            return context.redirect(to: "\(desk.home)lessons", flash: Phrase("department.lesson.done"))
        }
        routes.get("api/lessons") { _, context in try await listAnswer(context) }
        routes.post("api/lessons/{number}/{caseFile}") { _, context in
            try await confirm(context)
            return try await listAnswer(context)
        }
    }

    private func confirm(_ context: SignedInContext) async throws {
        guard context.identity.has(any: Self.readers) else {
            throw Problem.forbidden(Phrase("problem.forbidden.role"))
        }
        let number = try context.ticketNumber()
        guard let caseFile = context.parameters.get("caseFile").flatMap({ Int($0) }),
            try await desk.store.readLesson(number, caseFile, by: context.identity.actor)
        else { throw Problem.notFound(Phrase("department.lesson.unknown")) }
    }

    private func listAnswer(_ context: SignedInContext) async throws -> Response {
        try context.json(["lessons": try await desk.store.lessons().map(Answer.init)])
    }

    private func list(_ context: SignedInContext) async throws -> Response {
        let records = try await desk.store.lessons()
        let wording = CaseWording(context, try await desk.store.words())
        return try context.page(
            "lessons",
            [
                "department": desk.title.text(for: context.language.tag), "home": desk.home,
                "rows": records.map { row($0, context, wording) }, "isEmpty": records.isEmpty,
            ])
    }

    private func row(
        _ record: LessonRecord, _ context: SignedInContext, _ wording: CaseWording
    ) -> [String: Any] {
        let sent = record.sent
        let parts = [
            ("background", sent.background), ("cause", sent.cause), ("handling", sent.handling),
            ("lesson", sent.lesson),
        ]
        let isRead = record.readAt != nil
        var row: [String: Any] = [
            "heading": sent.title, "number": record.number.text, "time": context.time(record.sentAt),
            "sentBy": sent.byTitle?.text(for: context.language.tag) ?? wording.name(of: sent.by), "isUnread": !isRead,
            "state": context.badge(
                context.text("department.lesson.\(isRead ? "read" : "unread")"), isRead ? .good : .warn),
            "parts": parts.filter { !$0.1.isEmpty }.map {
                ["title": context.text("department.lesson.\($0.0)"), "text": $0.1]
            },
        ]
        row["read"] = record.readAt.map { context.time($0) }
        row["readBy"] = record.readBy.map(wording.person)
        if !isRead, context.identity.has(any: Self.readers) {
            row["address"] = "\(desk.home)lessons/\(record.number)/\(sent.caseFile)"
        }
        return row
    }
}
