import Contracts
import Foundation
import Procedure

/// What is wrong with a line of `redress policy due`.
struct DueLineProblem: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// Counts from 1.
    var line: Int
    /// `start`, `within`, `pauses[0]`, …; absent when the line as a whole is wrong.
    var field: String?
    var error: String

    var description: String { "line \(line): \(field.map { "\($0): " } ?? "")\(error)" }
}

/// Reckons due times line by line.
struct DueLines: Sendable {
    struct Answer: Hashable, Sendable, Codable {
        var due: Date
        var explanation: LocalizedText
    }

    let calendar: WorkingCalendar

    /// The answer to a line; nil for an empty one.
    func answer(_ line: String, number: Int) -> Result<Answer, DueLineProblem>? {
        guard line.contains(where: { !$0.isWhitespace }) else { return nil }
        do throws(FieldProblem) {
            let question = try Question(line)
            let due = calendar.due(from: question.start, within: question.within, pauses: question.pauses)
            return .success(Answer(due: due.dueAt, explanation: due.explanation))
        } catch {
            return .failure(DueLineProblem(line: number, field: error.field, error: error.message))
        }
    }

    private struct FieldProblem: Error {
        var field: String?
        var message: String
    }

    private struct Question {
        var start: Date
        var within: Allowance
        var pauses: [DateInterval]

        init(_ line: String) throws(FieldProblem) {
            guard case .object(let members)? = try? JSONDecoder().decode(JSONTree.self, from: Data(line.utf8)) else {
                throw FieldProblem(message: "it is not a JSON object")
            }
            // A mistyped `pause` must not quietly count as none.
            if let unknown = members.keys.sorted().first(where: { !["start", "within", "pauses"].contains($0) }) {
                throw FieldProblem(field: unknown, message: "there is no such field; there are start, within, pauses")
            }
            start = try Self.time(members["start"], "start")
            within = try Self.allowance(members["within"])
            pauses = try Self.pauses(members["pauses"])
        }

        private static func time(_ value: JSONTree?, _ field: String) throws(FieldProblem) -> Date {
            guard case .text(let text)? = value, let date = RFC3339.date(text) else {
                throw FieldProblem(
                    field: field, message: "expected a time such as 2026-09-30T17:00:00+08:00, found \(found(value))")
            }
            return date
        }

        private static func allowance(_ value: JSONTree?) throws(FieldProblem) -> Allowance {
            guard case .text(let text)? = value, let allowance = Allowance(text) else {
                let message = "expected a time such as 3 working days, 4 working hours, 36 hours or same day, found "
                throw FieldProblem(field: "within", message: message + found(value))
            }
            return allowance
        }

        private static func pauses(_ value: JSONTree?) throws(FieldProblem) -> [DateInterval] {
            guard let value, value != .null else { return [] }
            guard case .array(let members) = value else {
                throw FieldProblem(field: "pauses", message: "expected a list of [from, to], found \(found(value))")
            }
            var pauses: [DateInterval] = []
            for (index, member) in members.enumerated() {
                pauses.append(try pause(member, "pauses[\(index)]"))
            }
            return pauses
        }

        private static func pause(_ value: JSONTree, _ field: String) throws(FieldProblem) -> DateInterval {
            guard case .array(let ends) = value, ends.count == 2 else {
                throw FieldProblem(field: field, message: "expected [from, to], found \(found(value))")
            }
            let (from, to) = (try time(ends[0], "\(field)[0]"), try time(ends[1], "\(field)[1]"))
            guard from <= to else { throw FieldProblem(field: field, message: "it ends before it starts") }
            return DateInterval(start: from, end: to)
        }

        private static func found(_ value: JSONTree?) -> String {
            guard let value else { return "nothing" }
            return value.scalar.map { "'\($0)'" } ?? "something nested"
        }
    }
}
