import Contracts
import Foundation

/// A ticket as Reporting answers it, printed step by step in the document's own terms.
struct TicketSheet {
    private let ticket: JSONTree
    private let steps: [JSONTree]
    private let events: [String: JSONTree]

    /// - Throws: `CommandFailure` for an answer that has no steps.
    init(_ ticket: JSONTree) throws {
        guard case .array(let steps)? = ticket["steps"] else {
            throw CommandFailure.unreachable("Reporting answered something that this version does not understand")
        }
        self.ticket = ticket
        self.steps = steps
        events = Dictionary(ticket.events.compactMap { event in event["id"]?.textValue.map { ($0, event) } }) { $1 }
    }

    /// The numbers of the steps at which something happened.
    var reachedSteps: [String] {
        steps.filter { !($0["happened"]?.members ?? []).isEmpty }.compactMap { $0["step"]?.textValue }
    }

    func text(_ language: String, in zone: TimeZone? = nil) -> String {
        let zone = zone ?? ticket["timeZone"]?.textValue.flatMap(TimeZone.init(identifier:)) ?? .current
        let heading = [
            ticket["number"], ticket["document"]?[language], ticket["heading"],
            ticket["severityTitle"]?[language], ticket["outcomeTitle"]?[language],
        ].compactMap { $0?.textValue }.joined(separator: "  ")
        let lines = steps.flatMap { step -> [String] in
            let happened = step["happened"]?.members ?? []
            let title = [step["step"], step["title"]?[language]].compactMap { $0?.textValue }.joined(separator: "  ")
            let by = step["by"]?[language]?.textValue.map { "（\($0)）" } ?? ""
            return ["\(title)\(by)"] + happened.map { "     \(line($0, language, zone))" }
        }
        let besides = ticket["besides"]?.members ?? []
        let others = besides.isEmpty ? [] : [language == "en" ? "Besides (time limits, urging)" : "其他记录（时限、督办）"]
        let rest = others + besides.map { "     \(line($0, language, zone))" }
        return ([heading, String(repeating: "─", count: min(100, TextTable.width(heading)))] + lines + rest)
            .joined(separator: "\n")
    }

    private func line(_ moment: JSONTree, _ language: String, _ zone: TimeZone) -> String {
        let event = moment["id"]?.textValue.flatMap { events[$0] }
        let who = event?["payload"]?["by"].map(Self.actor) ?? ""
        let said = event?["payload"].flatMap { Self.said($0, language) } ?? ""
        let time = moment["at"]?.dateValue.map { Self.time($0, in: zone) } ?? ""
        return [time, moment["title"]?.textValue ?? "", who, said].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private static func actor(_ actor: JSONTree) -> String { actor["name"]?.textValue ?? "" }

    /// What the event says in words, shortened to a line.
    private static func said(_ payload: JSONTree, _ language: String) -> String? {
        let solution = payload["solution"]
        let candidates = [
            payload["deadline"]?["title"]?[language], payload["objection"], payload["reason"], payload["findings"],
            solution?["measures"], payload["measures"], payload["question"], payload["opinion"], payload["answer"],
            payload["note"], payload["outcome"], payload["comment"], payload["complaint"]?["narrative"],
            payload["narrative"], payload["needs"],
        ]
        guard let text = candidates.lazy.compactMap({ $0?.textValue }).first(where: { !$0.isEmpty }) else { return nil }
        let flat = text.replacing("\n", with: " ")
        return flat.count > 60 ? "\(flat.prefix(59))…" : flat
    }

    /// `2026-03-02 09:15`
    static func time(_ date: Date, in zone: TimeZone) -> String { String(date.formatted(timeForm(zone)).prefix(16)) }

    /// With seconds.
    static func timeForm(_ zone: TimeZone) -> Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone).year().month().day()
            .time(includingFractionalSeconds: false)
    }
}
