import Contracts
import Foundation

/// A dead letter in a list, as Operations answers it.
struct DeadLetter: Codable, Hashable, Sendable {
    struct Reason: Codable, Hashable, Sendable {
        var kind: String
        var message: String
        var place: String
    }

    var id: Int64
    var state: String
    var consumer: String
    var type: String
    var subject: String?
    var reason: Reason
    var attempts: Int
    var replays: Int
    var parkedAt: Date
}

/// Dead letters, as many as were asked for.
struct DeadLetterList: Codable, Hashable, Sendable {
    var letters: [DeadLetter]
    /// Where the next page begins; absent when there is none.
    var next: Int64?

    /// Fetches page after page.
    /// - Parameter limit: how many letters are enough.
    static func fetch(_ filter: DeadLetterFilter, limit: Int, from client: ServiceClient) async throws -> DeadLetterList
    {
        var list = DeadLetterList(letters: [], next: nil)
        repeat {
            let page = try await client.get(
                DeadLetterList.self, filter.path(cursor: list.next, limit: min(500, limit - list.letters.count)))
            list = DeadLetterList(letters: list.letters + page.letters, next: page.next)
        } while list.next != nil && list.letters.count < limit
        return list
    }

    var text: String {
        guard !letters.isEmpty else { return "there are no such dead letters" }
        let table = TextTable(
            headings: ["id", "state", "consumer", "type", "complaint", "parked", "why"],
            rows: letters.map { letter in
                [
                    "\(letter.id)", letter.state, letter.consumer, letter.type.isEmpty ? "-" : letter.type,
                    letter.subject ?? "-", RFC3339.text(letter.parkedAt),
                    Self.oneLine("\(letter.reason.kind): \(letter.reason.message)"),
                ]
            })
        return next == nil ? table.text : "\(table.text)\nThere are more: --limit shows them."
    }

    private static func oneLine(_ text: String) -> String {
        let line = text.replacingOccurrences(of: "\n", with: " ")
        return line.count > 80 ? line.prefix(79) + "…" : line
    }
}

/// Which letters.
struct DeadLetterFilter: Hashable, Sendable {
    /// Empty for every state.
    var state: String
    var consumer: String?

    func path(cursor: Int64?, limit: Int) -> String {
        var components = URLComponents()
        components.path = DeadCommand.path
        let items = [
            ("state", state), ("consumer", consumer), ("cursor", cursor.map(String.init)), ("limit", "\(limit)"),
        ]
        components.queryItems = items.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : URLQueryItem(name: name, value: $0) }
        }
        return components.string ?? DeadCommand.path
    }
}
