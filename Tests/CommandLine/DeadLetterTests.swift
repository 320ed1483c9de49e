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

    @Test("The list is a table with an id in front")
    func list() throws {
        let list = DeadLetterList(
            try tree(
                #"{"next": null, "letters": [{"id": 7, "consumer": "routing", "reason": "not\nJSON", "kind": "malformed"}]}"#
            ))
        #expect(list.ids == [7])
        let rows = list.text.split(separator: "\n")
        #expect(rows.count == 2)
        #expect(rows[1].hasPrefix("7   routing"))
        #expect(rows[1].contains("not JSON"))
    }

    @Test("No letters, no table")
    func empty() throws {
        #expect(DeadLetterList(try tree(#"{"letters": []}"#)).text == "there are no dead letters")
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
