import Contracts
import Foundation
import GRDB
import Persistence
import Procedure

extension Survey: FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "survey"

    mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

extension ReportingStore {
    /// The newest first.
    func surveys() async throws -> [Survey] {
        try await database.read { db in
            try Survey.order(Column("lastDay").desc, Column("id").desc).limit(200).fetchAll(db)
        }
    }

    /// A survey with what it is compared with, and its comments.
    func survey(
        _ id: Int64, timeZone: TimeZone
    ) async throws -> (survey: Survey, comparison: SurveyComparison, comments: [SurveyAnswer])? {
        try await database.read { db in
            guard let survey = try Survey.fetchOne(db, key: id) else { return nil }
            let previous =
                try Survey
                .filter(Column("rule") == survey.rule && Column("subject") == survey.subject)
                .filter(sql: "(lastDay, id) < (?, ?)", arguments: [survey.lastDay, id])
                .order(Column("lastDay").desc, Column("id").desc).fetchOne(db)
            let comments = try Row.fetchAll(
                db,
                sql: """
                    SELECT day, question, score, comment FROM surveyAnswer
                    WHERE survey = ? AND comment IS NOT NULL ORDER BY id LIMIT 500
                    """, arguments: [id]
            ).map { SurveyAnswer(day: $0["day"], question: $0["question"], score: $0["score"], comment: $0["comment"]) }
            let callbacks = try Self.callbacks(from: survey.firstDay, to: survey.lastDay, timeZone, in: db)
            return (
                survey, SurveyComparison(survey.scores, callbacks: callbacks, previous: previous), comments
            )
        }
    }

    /// The last survey of each subject by its key, and when the first complaint was registered.
    func surveyStanding() async throws -> (last: [String: Survey], begin: Date?) {
        try await database.read { db in
            let surveys = try Survey.order(Column("lastDay"), Column("id")).fetchAll(db)
            let last = Dictionary(surveys.map { (SurveySchedule.key($0.rule, $0.subject), $0) }) { $1 }
            return (last, try Date.fetchOne(db, sql: "SELECT min(registeredAt) FROM ticket"))
        }
    }

    /// Keeps a survey with all of its answers, or nothing.
    func keep(_ survey: Survey, answers: [SurveyAnswer]) async throws -> Survey {
        try await database.write { unit in
            var survey = survey
            survey.importedAt = unit.now
            try survey.insert(unit.db)
            let statement = try unit.db.cachedStatement(
                sql: "INSERT INTO surveyAnswer (survey, day, question, score, comment) VALUES (?, ?, ?, ?, ?)")
            for answer in answers {
                try statement.execute(arguments: [
                    survey.id, answer.day, answer.question, answer.score, answer.comment,
                ])
            }
            return survey
        }
    }

    /// What customers said of complaints that were closed within these days.
    private static func callbacks(
        from first: String, to last: String, _ timeZone: TimeZone, in db: Database
    ) throws -> MonthlyReport.Satisfaction {
        guard let start = ReportPeriod.day(first, in: timeZone)?.start,
            let end = ReportPeriod.day(last, in: timeZone)?.end
        else { return MonthlyReport.Satisfaction([]) }
        return MonthlyReport.Satisfaction(
            try Figures.closed(ReportPeriod(start: start, end: end, timeZone: timeZone), in: db))
    }
}
