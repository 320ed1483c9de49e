import Contracts
import Foundation
import Procedure
import Web

/// The list of surveys as its template needs it.
struct SurveyListView {
    let showing: Showing
    let schedule: SurveySchedule

    private var context: SignedInContext { showing.context }

    func data(
        _ surveys: [Survey], due: [SurveyDue], refused: (fields: Fields, problem: Problem)?
    ) -> [String: Any] {
        var data: [String: Any] = [
            "rows": surveys.map(row), "isEmpty": surveys.isEmpty, "due": due.map(dueRow),
            "columns": SurveyFile.columns.map { column -> [String: Any] in
                [
                    "name": column, "text": context.text("reporting.survey.column.\(column)"),
                    "isRequired": SurveyFile.required.contains(column),
                ]
            },
        ]
        if context.identity.has(any: ReportingAccess.setters) {
            data["taking"] = ["form": form(refused), "isOpen": refused != nil]
        }
        return data
    }

    private func row(_ survey: Survey) -> [String: Any] {
        [
            "address": "/reporting/surveys/\(survey.id ?? 0)", "subject": showing.text(survey.subjectTitle),
            "days": "\(survey.firstDay) – \(survey.lastDay)", "answers": survey.scores.answers,
            "average": showing.score(survey.scores.average), "satisfied": showing.percent(survey.scores.satisfied),
            "party": survey.conductedBy ?? context.text("reporting.survey.own"),
        ]
    }

    private func dueRow(_ due: SurveyDue) -> [String: Any] {
        var row: [String: Any] = [
            "subject": showing.text(due.subjectTitle), "every": showing.text(due.every),
            "last": due.last ?? context.text("reporting.survey.never"),
        ]
        row["deadline"] = due.dueAt.map { context.deadline(dueAt: $0) }
        return row
    }

    private func form(_ refused: (fields: Fields, problem: Problem)?) -> [String: Any] {
        var form = FormView(context, fields: refused?.fields, problem: refused?.problem)
        let options = schedule.subjects.map { FormField.Option($0.key, showing.text($0.title)) }
        form.add(FormField("subject", text("subject"), .radio(options), required: true))
        if schedule.pack.surveys.contains(where: \.byThirdParty) {
            form.add(FormField("conductedBy", text("party"), hint: text("partyHint"), most: 120))
        }
        form.add(
            FormField("file", text("file"), .files(accept: ".csv,text/csv"), required: true, hint: text("fileHint")))
        return form.data
    }

    private func text(_ word: String) -> String {
        switch word {
        case "subject": context.text("reporting.survey.subject")
        case "party": context.text("reporting.survey.party")
        case "partyHint": context.text("reporting.survey.partyHint")
        case "file": context.text("reporting.survey.file")
        default: context.text("reporting.survey.fileHint")
        }
    }
}

/// A survey as its template needs it.
struct SurveyView {
    let details: SurveyDetails
    let showing: Showing

    private var context: SignedInContext { showing.context }

    var data: [String: Any] {
        let (survey, comparison) = (details.survey, details.comparison)
        let widest = survey.scores.distribution.max() ?? 0
        return [
            "subject": showing.text(survey.subjectTitle), "days": "\(survey.firstDay) – \(survey.lastDay)",
            "party": survey.conductedBy ?? context.text("reporting.survey.own"), "importedBy": survey.importedBy,
            "imported": context.time(survey.importedAt), "tiles": tiles,
            "compared": [
                compared(
                    "callback", comparison.callbackAverage, comparison.againstCallback,
                    answers: comparison.callbackAnswers),
                compared("previous", comparison.previousAverage, comparison.againstPrevious, answers: nil),
            ],
            "scores": survey.scores.distribution.enumerated().reversed().map { index, count -> [String: Any] in
                [
                    "name": context.text("reporting.score.\(index + 1)"), "count": count,
                    "width": Charts.width(count, of: widest),
                ]
            },
            "questions": survey.scores.questions.map { question -> [String: Any] in
                [
                    "question": question.question, "answers": question.answers,
                    "average": showing.score(question.average),
                ]
            },
            "hasQuestions": !survey.scores.questions.isEmpty,
            "comments": details.comments.map { answer -> [String: Any] in
                ["day": answer.day, "score": answer.score, "comment": answer.comment ?? ""]
            },
            "hasComments": !details.comments.isEmpty,
        ]
    }

    private var tiles: [[String: Any]] {
        let scores = details.survey.scores
        return [
            ("answers", "\(scores.answers)"), ("average", showing.score(scores.average)),
            ("satisfied", showing.percent(scores.satisfied)),
        ].map { ["title": context.text("reporting.survey.tile.\($0.0)"), "value": $0.1] }
    }

    private func compared(
        _ word: String, _ average: Double?, _ difference: Double?, answers: Int?
    ) -> [String: Any] {
        [
            "name": context.text("reporting.survey.compared.\(word)"), "average": showing.score(average),
            "difference": difference.map { ($0 > 0 ? "+" : "") + showing.score($0) } ?? "–",
            "answers": answers.map(String.init) ?? "",
        ]
    }
}
