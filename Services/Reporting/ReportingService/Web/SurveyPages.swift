import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// Satisfaction surveys (满意度调查): imported from a file, which a third party may have made, compared with what customers
/// said when they were called back and with the survey before, and due again and again, each subject for itself. Rules W23,
/// S17. Every address is there twice: as a page, and under `api`.
struct SurveyPages: Sendable {
    let store: ReportingStore
    let pack: PolicyPack
    let frame: ReportingFrame
    let titles: Titles

    private var schedule: SurveySchedule { SurveySchedule(pack: pack) }

    /// - Parameter pages: The pages for one request, by the pack that holds then.
    static func add(to routes: Router<WebContext>, _ pages: @escaping @Sendable () throws -> SurveyPages) {
        for base in ["/reporting", "/reporting/api"] {
            let root = RouterPath(base + "/surveys")
            let readers = routes.staff(root, roles: ReportingAccess.readers)
            readers.get { _, context in try await pages().list(context) }
            readers.get("{id}") { _, context in try await pages().show(context) }
            let setters = routes.staff(root, roles: ReportingAccess.setters)
            setters.post { request, context in try await pages().take(request, context) }
        }
    }

    private func list(
        _ context: SignedInContext, refused: (fields: Fields, problem: Problem)? = nil
    ) async throws -> Response {
        let surveys = try await store.surveys()
        let standing = try await store.surveyStanding()
        let due = schedule.due(last: standing.last, begin: standing.begin, at: context.now)
        if context.isProgram { return try context.json(SurveyListAnswer(surveys: surveys, due: due)) }
        let view = SurveyListView(showing: Showing(context: context, titles: titles), schedule: schedule)
        return try frame.page(
            "surveys", view.data(surveys, due: due, refused: refused), at: .surveys, context,
            status: refused?.problem.status ?? .ok)
    }

    private func show(_ context: SignedInContext) async throws -> Response {
        guard let found = try await store.survey(try context.itemID(), timeZone: pack.timeZone) else {
            throw Problem.notFound()
        }
        let answer = SurveyDetails(survey: found.survey, comparison: found.comparison, comments: found.comments)
        if context.isProgram { return try context.json(answer) }
        let view = SurveyView(details: answer, showing: Showing(context: context, titles: titles))
        return try frame.page("survey", view.data, at: .surveys, context)
    }

    /// The list once more with what is wrong in a form that was refused.
    private func listed(_ context: SignedInContext) -> FormAgain { { try await list(context, refused: ($0, $1)) } }

    /// Takes a file with all of its answers, or nothing of it.
    private func take(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try await context.carryOut(
            request, said: "reporting.survey.said.taken", next: Self.address, again: listed(context)
        ) { fields in
            let key = fields.choice("subject", of: schedule.subjects.map(\.key))
            let party = fields.text("conductedBy", most: 120)
            let subject = schedule.subjects.first { $0.key == key }
            if party != nil, subject?.rule.byThirdParty == false {
                fields.refuse("conductedBy", "reporting.survey.problem.ownOnly")
            }
            let file = Self.file(&fields)
            try fields.check()
            guard let subject, let file else { throw Problem.unexpected }
            let answers = try self.answers(in: file.bytes, at: context.now)
            let days = answers.map(\.day).sorted()
            return try await store.keep(
                Survey(
                    rule: subject.rule.id, subject: subject.subject, subjectTitle: subject.title, conductedBy: party,
                    firstDay: days.first ?? "", lastDay: days.last ?? "", scores: SurveyScores(answers),
                    importedBy: context.identity.name, importedAt: context.now, fileName: file.name), answers: answers)
        }
    }

    /// A form sends a file; a program may send its text as `csv`.
    private static func file(_ fields: inout Fields) -> (bytes: Data, name: String?)? {
        if let file = fields.files("file").first { return (file.bytes, file.name) }
        if !fields.isForm, let text = fields.typed("csv"), !text.isEmpty { return (Data(text.utf8), nil) }
        fields.refuse(fields.isForm ? "file" : "csv", "validation.required")
        return nil
    }

    /// - Throws: `Problem` with 422 that names each line and column that is wrong.
    private func answers(in data: Data, at now: Date) throws -> [SurveyAnswer] {
        let today = ReportPeriod.dayText(of: now, in: pack.timeZone)
        switch SurveyFile.read(data, today: today, timeZone: pack.timeZone) {
        case .success(let answers):
            // What people wrote may hold telephone numbers and addresses.
            let masking = RecordMasking(Complainant())
            return answers.map { answer in
                var answer = answer
                answer.comment = answer.comment.map(masking.text)
                return answer
            }
        case .failure(let found):
            throw Problem.invalid(
                found.faults.map { fault in
                    let values = ["line": "\(fault.line)", "column": fault.column ?? ""]
                    return FieldProblem(
                        pointer: "/file", phrase: Phrase("reporting.survey.fault.\(fault.kind.rawValue)", values))
                })
        }
    }

    private static func address(_ survey: Survey) -> String { "/reporting/surveys/\(survey.id ?? 0)" }
}

/// Surveys as JSON, and when each subject is due.
struct SurveyListAnswer: Encodable, Sendable {
    let surveys: [Survey]
    let due: [SurveyDue]
}

/// A survey as JSON: what it came to, what it is compared with, and what people wrote.
struct SurveyDetails: Encodable, Sendable {
    let survey: Survey
    let comparison: SurveyComparison
    let comments: [SurveyAnswer]

    private enum CodingKeys: String, CodingKey { case comparison, comments }

    func encode(to encoder: any Encoder) throws {
        try survey.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(comparison, forKey: .comparison)
        try container.encode(comments, forKey: .comments)
    }
}
