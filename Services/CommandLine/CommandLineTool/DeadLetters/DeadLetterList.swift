import Foundation

/// The list that Operations answers, as a table.
struct DeadLetterList: Sendable {
    let letters: [[String: JSONTree]]

    /// The letters are the one list in the answer, whatever stands beside it (a cursor, totals).
    init(_ answer: JSONTree) {
        let list: [JSONTree] =
            switch answer {
            case .list(let values): values
            case .object(let members):
                members.values.compactMap { if case .list(let list) = $0 { list } else { nil } }.first ?? []
            case .null, .flag, .number, .text: []
            }
        letters = list.compactMap { if case .object(let members) = $0 { members } else { nil } }
    }

    var ids: [Int] { letters.compactMap { $0["id"]?.scalar.flatMap(Int.init) } }

    var text: String {
        guard !letters.isEmpty else { return "there are no dead letters" }
        let columns = ["id", "consumer", "type", "subject", "kind", "reason", "parkedAt"]
        return TextTable(
            headings: columns,
            rows: letters.map { letter in columns.map { Self.oneLine(letter[$0]?.scalar ?? "") } }
        ).text
    }

    private static func oneLine(_ text: String) -> String {
        let line = text.replacingOccurrences(of: "\n", with: " ")
        return line.count > 60 ? line.prefix(59) + "…" : line
    }
}
