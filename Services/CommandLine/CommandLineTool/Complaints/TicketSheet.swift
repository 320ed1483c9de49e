import Contracts
import Foundation

/// A ticket as Reporting answers it, printed step by step in the document's own terms.
struct TicketSheet {
    private let ticket: JSONTree
    private let steps: [JSONTree]

    /// - Throws: `CommandFailure` for an answer that has no steps.
    init(_ ticket: JSONTree) throws {
        guard case .array(let steps)? = ticket["steps"] else {
            throw CommandFailure.unreachable("Reporting answered something that this version does not understand")
        }
        self.ticket = ticket
        self.steps = steps
    }

    /// The numbers of the steps at which something happened.
    var reachedSteps: [String] {
        steps.filter { !($0["happened"]?.members ?? []).isEmpty }.compactMap { $0["step"]?.textValue }
    }

    func text(_ language: String, in zone: TimeZone? = nil) -> String {
        let zone = zone ?? ticket["timeZone"]?.textValue.flatMap(TimeZone.init(identifier:)) ?? .current
        let heading = heading(language)
        let width = min(100, heading.map(TextTable.width).max() ?? 0)
        let besides = ticket["besides"]?.members ?? []
        let others = besides.isEmpty ? [] : [language == "en" ? "Besides" : "其他记录"]
        let lines =
            heading + [String(repeating: "─", count: width)] + steps.flatMap { self.lines($0, language, zone) } + others
            + besides.flatMap { moment($0, zone) }
        return lines.joined(separator: "\n")
    }

    /// The form with its number, the document, and what it is about.
    private func heading(_ language: String) -> [String] {
        func line(_ words: [JSONTree?]) -> String {
            words.compactMap { $0?.textValue }.filter { !$0.isEmpty }.joined(separator: "  ")
        }
        let form = ticket["form"]?[language]?.textValue ?? (language == "en" ? "Complaint ticket" : "投诉处理单")
        let document = ticket["document"]?[language]?.textValue.map { language == "en" ? "“\($0)”" : "《\($0)》" } ?? ""
        let ends = line([ticket["severityTitle"]?[language], ticket["outcomeTitle"]?[language]])
        return [
            line([.text(form), ticket["number"]]), line([.text(document), ticket["heading"], .text(ends)]),
        ]
    }

    /// A step with what happened at it; one that this complaint does not take says so.
    private func lines(_ step: JSONTree, _ language: String, _ zone: TimeZone) -> [String] {
        let english = language == "en"
        var title = [step["step"], step["title"]?[language]].compactMap { $0?.textValue }.joined(separator: "  ")
        if let by = step["by"]?[language]?.textValue { title += english ? " (\(by))" : "（\(by)）" }
        if let form = step["form"]?[language]?.textValue { title += english ? "  “\(form)”" : "  《\(form)》" }
        if step["applies"] == .bool(false) { title += english ? "  not for this complaint" : "  本投诉不适用" }
        return [title] + (step["happened"]?.members ?? []).flatMap { moment($0, zone) }
    }

    /// When, what and who; and below it what was said.
    private func moment(_ moment: JSONTree, _ zone: TimeZone) -> [String] {
        let time = moment["at"]?.dateValue.map { Self.time($0, in: zone) } ?? ""
        let words = [time, moment["title"]?.textValue ?? "", moment["by"]?.textValue ?? ""]
        let first = Self.margin + words.filter { !$0.isEmpty }.joined(separator: "  ")
        let said = (moment["lines"]?.members ?? []).compactMap(\.textValue)
        return [first] + said.map { Self.margin + Self.indent + $0 }
    }

    private static let margin = "     "
    /// As wide as a time with its distance from the words.
    private static let indent = String(repeating: " ", count: 18)

    /// `2026-03-02 09:15`
    static func time(_ date: Date, in zone: TimeZone) -> String { String(date.formatted(timeForm(zone)).prefix(16)) }

    /// With seconds.
    static func timeForm(_ zone: TimeZone) -> Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone).year().month().day()
            .time(includingFractionalSeconds: false)
    }
}
