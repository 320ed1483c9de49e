import Contracts
import Foundation

/// One answer of a survey.
struct SurveyAnswer: Hashable, Sendable, Codable {
    /// The local day on which it was given, as `yyyy-MM-dd`.
    var day: String
    /// Absent for the survey's only question.
    var question: String?
    /// 1–5
    var score: Int
    var comment: String?
}

/// What is wrong in a survey's file, and where.
struct SurveyFault: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case notUTF8, openQuote, empty, noAnswers, missingColumn, unknownColumn, twiceColumn, columns, day, score,
            tooLong, future
    }

    var kind: Kind
    /// Counting from 1.
    var line: Int
    /// The column's name, where it is in one.
    var column: String?
}

/// A survey's answers as a file brings them: `date,score` and, if wanted, `question,comment`, in any order, one answer a
/// line. Everything is right, or nothing is taken (W23).
enum SurveyFile {
    static let required = ["date", "score"]
    static let columns = required + ["question", "comment"]
    /// More faults than anybody reads at once are not looked for.
    static let mostFaults = 20

    /// - Parameter today: no answer was given later, as `yyyy-MM-dd`.
    static func read(_ data: Data, today: String, timeZone: TimeZone) -> Result<[SurveyAnswer], SurveyFaults> {
        let table: CSVTable
        do {
            table = try CSVTable(data)
        } catch {
            return .failure(SurveyFaults([fault(error)]))
        }
        let wrong = headerFaults(table.header)
        guard wrong.isEmpty else { return .failure(SurveyFaults(wrong)) }
        guard !table.rows.isEmpty else { return .failure(SurveyFaults([SurveyFault(kind: .noAnswers, line: 1)])) }
        var faults: [SurveyFault] = []
        var answers: [SurveyAnswer] = []
        for row in table.rows where faults.count < mostFaults {
            var reader = RowReader(row: row, header: table.header, today: today, timeZone: timeZone)
            if let answer = reader.answer() { answers.append(answer) }
            faults += reader.faults
        }
        return faults.isEmpty ? .success(answers) : .failure(SurveyFaults(Array(faults.prefix(mostFaults))))
    }

    private static func fault(_ fault: CSVTable.Fault) -> SurveyFault {
        switch fault {
        case .notUTF8: SurveyFault(kind: .notUTF8, line: 1)
        case .openQuote(let line): SurveyFault(kind: .openQuote, line: line)
        case .empty: SurveyFault(kind: .empty, line: 1)
        }
    }

    private static func headerFaults(_ header: [String]) -> [SurveyFault] {
        let missing = required.filter { !header.contains($0) }.map {
            SurveyFault(kind: .missingColumn, line: 1, column: $0)
        }
        let unknown = header.filter { !columns.contains($0) }.map {
            SurveyFault(kind: .unknownColumn, line: 1, column: $0)
        }
        let twice = columns.filter { name in header.filter { $0 == name }.count > 1 }.map {
            SurveyFault(kind: .twiceColumn, line: 1, column: $0)
        }
        return missing + unknown + twice
    }
}

/// Everything that is wrong in a file.
struct SurveyFaults: Error, Hashable, Sendable {
    var faults: [SurveyFault]

    init(_ faults: [SurveyFault]) { self.faults = faults }
}

/// Reads one line.
private struct RowReader {
    let row: CSVTable.Row
    let header: [String]
    let today: String
    let timeZone: TimeZone
    private(set) var faults: [SurveyFault] = []

    init(row: CSVTable.Row, header: [String], today: String, timeZone: TimeZone) {
        (self.row, self.header, self.today, self.timeZone) = (row, header, today, timeZone)
    }

    mutating func answer() -> SurveyAnswer? {
        guard row.fields.count == header.count else {
            refuse(.columns, nil)
            return nil
        }
        let day = text("date")
        if ReportPeriod.day(day, in: timeZone) == nil {
            refuse(.day, "date")
        } else if day > today {
            refuse(.future, "date")
        }
        let score = Int(text("score")).flatMap { (1...5).contains($0) ? $0 : nil }
        if score == nil { refuse(.score, "score") }
        let question = short("question", most: 200)
        let comment = short("comment", most: 2000)
        guard faults.isEmpty, let score else { return nil }
        return SurveyAnswer(day: day, question: question, score: score, comment: comment)
    }

    private mutating func short(_ column: String, most: Int) -> String? {
        let text = text(column)
        if text.count > most { refuse(.tooLong, column) }
        return text.isEmpty ? nil : text
    }

    private func text(_ column: String) -> String {
        header.firstIndex(of: column).map { row.fields[$0].trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
    }

    private mutating func refuse(_ kind: SurveyFault.Kind, _ column: String?) {
        faults.append(SurveyFault(kind: kind, line: row.line, column: column))
    }
}
