import Contracts
import Foundation
import Testing

@testable import CommandLineTool

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct ServiceClientTests {
    /// A client whose service always answers the same.
    private func client(status: Int, body: String = "{}", token: String? = nil) -> ServiceClient {
        ServiceClient(service: "Operations", base: "http://127.0.0.1:1", token: token) { request in
            let url = try #require(request.url)
            let response = try #require(
                HTTPURLResponse(url: url, statusCode: status, httpVersion: nil, headerFields: nil))
            return (Data(body.utf8), response)
        }
    }

    private struct Anything: Decodable {}

    @Test(
        "A refusal and a failure are told apart",
        arguments: [
            (400, CommandFailure.Status.refused), (401, .refused), (403, .refused), (404, .refused), (409, .refused),
            (422, .refused), (500, .unreachable), (503, .unreachable),
        ])
    func statuses(status: Int, expected: CommandFailure.Status) async throws {
        let failure = await #expect(throws: CommandFailure.self) {
            try await client(status: status).get(Anything.self, "/x")
        }
        #expect(failure?.status == expected)
    }

    @Test("Each wrong field is named")
    func problem() async throws {
        let body = """
            {"title": "Not valid", "errors": [{"pointer": "/narrative", "detail": "is missing"}]}
            """
        let failure = await #expect(throws: CommandFailure.self) {
            try await client(status: 422, body: body).get(Anything.self, "/x")
        }
        #expect(failure?.message == "Operations refused it: Not valid\n  /narrative: is missing")
    }

    @Test("A service that is not there is unreachable, and what to do is said")
    func unreachable() async throws {
        let client = ServiceClient(service: "Intake", base: "http://127.0.0.1:1") { _ in
            throw URLError(.cannotConnectToHost)
        }
        let failure = await #expect(throws: CommandFailure.self) { try await client.get(Anything.self, "/x") }
        #expect(failure?.status == .unreachable)
        #expect(failure?.message == "Intake cannot be reached at http://127.0.0.1:1")
        #expect(failure?.advice != nil)
    }

    @Test("The token and the key are sent")
    func headers() async throws {
        let client = ServiceClient(service: "Intake", base: "http://127.0.0.1:1", token: "secret") { request in
            #expect(request.value(forHTTPHeaderField: "Authorization") == "Bearer secret")
            #expect(request.value(forHTTPHeaderField: "Idempotency-Key") == "k")
            #expect(request.httpMethod == "POST")
            let url = try #require(request.url)
            return (
                Data("{}".utf8),
                try #require(HTTPURLResponse(url: url, statusCode: 201, httpVersion: nil, headerFields: nil))
            )
        }
        _ = try await client.post(Anything.self, "/x", body: Data("{}".utf8), headers: ["Idempotency-Key": "k"])
    }
}

@Suite struct SubmitCommandTests {
    private func body(_ arguments: String...) throws -> [String: Any] {
        let command = try SubmitCommand.parse(arguments)
        let now = try #require(RFC3339.date("2026-11-21T01:30:00Z"))
        return try #require(try JSONSerialization.jsonObject(with: try command.body(now: now)) as? [String: Any])
    }

    @Test("Options make a complaint, with what is missing filled in")
    func options() throws {
        let body = try body("--narrative", "不制热", "--name", "王芳", "--phone", "13800000001", "--amount", "199.00")
        #expect(body["channel"] as? String == "web")
        #expect(body["kind"] as? String == "complaint")
        #expect(body["heardAt"] as? String == "2026-11-21T01:30:00.000Z")
        #expect(body["amount"] as? String == "199.00")
        #expect(body["complainant"] as? [String: String] == ["name": "王芳", "phone": "13800000001"])
    }

    @Test("An option wins over the file, and the file over the defaults")
    func file() throws {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: "\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(#"{"channel": "hotline", "narrative": "旧", "complainant": {"name": "王芳"}}"#.utf8).write(to: file)
        let body = try body("--file", file.path, "--narrative", "新", "--phone", "1")
        #expect(body["channel"] as? String == "hotline")
        #expect(body["narrative"] as? String == "新")
        #expect(body["complainant"] as? [String: String] == ["name": "王芳", "phone": "1"])
    }
}
