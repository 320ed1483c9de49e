import Contracts
import Foundation
import Testing

@testable import CommandLineTool

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct DeadLetterTests {
    private func tree(_ json: String) throws -> JSONTree {
        try ContractJSON.decode(JSONTree.self, from: Data(json.utf8))
    }

    private static func letter(_ id: Int) -> String {
        #"""
        {"id": \#(id), "state": "failed", "consumer": "routing", "type": "redress.complaint.received.v1", "attempts": 1,
         "reason": {"kind": "malformed", "message": "not\nJSON", "place": "body"}, "replays": 0, "size": 3,
         "parkedAt": "2026-11-21T01:30:00.000Z"}
        """#
    }

    /// Operations with pages of two letters.
    private let pages = ServiceClient(service: "Operations", base: "http://127.0.0.1:1") { request in
        let url = try #require(request.url)
        let items = URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems ?? []
        let first = items.first { $0.name == "cursor" }?.value.flatMap(Int.init) ?? 9
        let next = first > 7 ? ", \"next\": \(first - 2)" : ""
        let body = "{\"letters\": [\(letter(first)), \(letter(first - 1))]\(next)}"
        let response = try #require(HTTPURLResponse(url: url, statusCode: 200, httpVersion: nil, headerFields: nil))
        return (Data(body.utf8), response)
    }

    @Test("Pages are followed to the end, or until there are enough", arguments: [(100, [9, 8, 7, 6]), (2, [9, 8])])
    func pages(limit: Int, ids: [Int64]) async throws {
        let list = try await DeadLetterList.fetch(
            DeadLetterFilter(state: "failed", consumer: "routing"), limit: limit, from: pages)
        #expect(list.letters.map(\.id) == ids)
        #expect(list.text.contains("malformed: not JSON"))
        #expect(list.text.contains("There are more") == (limit == 2))
    }

    @Test("No letters, no table")
    func empty() {
        #expect(DeadLetterList(letters: [], next: nil).text == "there are no such dead letters")
    }

    @Test("One letter that is refused does not hold up the others")
    func refusal() async throws {
        let client = ServiceClient(service: "Operations", base: "http://127.0.0.1:1") { request in
            let url = try #require(request.url)
            let status = url.path.contains("/8/") ? 409 : 200
            return (
                Data(#"{"title": "Already replaying"}"#.utf8),
                try #require(HTTPURLResponse(url: url, statusCode: status, httpVersion: nil, headerFields: nil))
            )
        }
        let results = try await DeadLetterAction(verb: "replay", reason: "x").results(for: [7, 8, 9], with: client)
        #expect(results.map(\.done) == [true, false, true])
        #expect(results[1].problem == "Operations refused it: Already replaying")
    }

    @Test("An outline shows simple values first, and leaves out what is empty")
    func outline() throws {
        let outline = try tree(#"{"z": "last", "a": 1, "none": null, "list": [{"k": "v", "m": 2}, "x"], "o": {}}"#)
            .outline
        #expect(outline == "a  1\nz  last\nlist\n  - k  v\n    m  2\n  - x")
    }
}
