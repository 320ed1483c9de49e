import Contracts
import Foundation
import Procedure
import Testing

@testable import CommandLineTool

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Trying a changed pack on past complaints.
@Suite struct PolicyReplayTests {
    private static let packs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "compose/policies")

    private func pack(_ edits: (String, String)...) throws -> PolicyPack {
        let file = Self.packs.appending(path: "service-standard.yaml")
        var text = try String(contentsOf: file, encoding: .utf8)
        for (original, replacement) in edits {
            try #require(text.contains(original))
            text = text.replacingOccurrences(of: original, with: replacement)
        }
        return try PolicyPack.parse(text, file: file.path)
    }

    private func replay(_ complaints: String, to new: PolicyPack) async throws -> PolicyReplay {
        let file = FileManager.default.temporaryDirectory.appending(path: "past-\(UUID()).jsonl")
        try Data(complaints.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var replay = PolicyReplay(complaints: 0, changed: [])
        let old = try pack()
        try await ComplaintLines(file.path).visit(ReplaySpan()) { try replay.add($0, $1, from: old, to: new) }
        return replay
    }

    private static let past = """
        {"narrative": "手机花屏，质量太差", "amount": "9000", "complainant": {"phone": "1"}}
        {"narrative": "手机花屏，质量太差", "amount": "900", "complainant": {"phone": "1"}}

        {"narrative": "手机花屏，质量太差", "amount": "12000", "complainant": {"phone": "1"}}
        {"complaint": {"number": "C20261117-01-000007", "round": 2}, "record": {"narrative": "手机花屏，质量太差", "amount": "8000", "complainant": {"phone": "***"}}}
        """

    @Test("Exactly those whose decision changes are listed, with both explanations")
    func exactly() async throws {
        let replay = try await replay(
            Self.past,
            to: pack(("{field: amount, atLeast: 10000}\n    severity", "{field: amount, atLeast: 8000}\n    severity")))
        #expect(replay.complaints == 4)
        #expect(replay.changed.map(\.complaint) == ["line 1", "C20261117-01-000007"])
        let severity = try #require(replay.changed.first?.changes.first { $0.what == "severity" })
        #expect(severity.before == "important" && severity.after == "major")
        #expect(severity.becauseBefore.map(\.rule) == ["grading.notable-amount"])
        #expect(severity.becauseAfter.map(\.rule) == ["grading.large-amount"])
        #expect(replay.text.hasSuffix("2 of 4 complaints would be decided differently"))
    }

    @Test(
        "What a pack changes shows in what it concerns, and in nothing else",
        arguments: [
            ("within: 4 working hours", "within: 3 working hours", "clock judgement"),
            ("compensationLimit: 500.00", "compensationLimit: 400.00", "approval"),
            ("owners: [product-quality.handler]", "owners: [somebody]", "first responsible"),
            ("compensationLimit: 100.00", "compensationLimit: 200.00", ""),
        ])
    func concerns(original: String, replacement: String, what: String) async throws {
        let line = "{\"narrative\": \"手机花屏，质量太差\", \"complainant\": {\"phone\": \"1\"}}"
        let replay = try await replay(line, to: pack((original, replacement)))
        #expect(replay.changed.flatMap(\.changes).map(\.what) == (what.isEmpty ? [] : [what]))
    }

    @Test("A line that is no complaint is named")
    func wrongLine() async throws {
        await #expect(throws: CommandFailure.self) { _ = try await replay("\n{\"reason\": 1}", to: pack()) }
        do {
            _ = try await replay("\n{\"reason\": \"x\"}", to: pack())
            Issue.record("accepted")
        } catch let failure as CommandFailure {
            #expect(failure.message.contains(":2: narrative is missing"))
        }
    }

    @Test("Routing is read page by page, and each complaint compared with the pack that it was judged under")
    func routing() async throws {
        let yaml = try String(contentsOf: Self.packs.appending(path: "service-standard.yaml"), encoding: .utf8)
        let calendar = try String(
            contentsOf: Self.packs.appending(path: "../calendars/cn-office.yaml"), encoding: .utf8)
        let client = ServiceClient(service: "Routing", base: "http://127.0.0.1:1", token: "t") { request in
            let url = try #require(request.url)
            let body: Any
            switch (url.path(), url.query() ?? "") {
            case ("/routing/api/complaints", let query) where query.contains("cursor=2"):
                body = [
                    "complaints": [
                        ["number": "C20261117-01-000002", "registeredAt": "2026-11-17T11:00:00Z"],
                        ["number": "C20261117-01-000003", "registeredAt": "2026-11-17T12:00:00Z"],
                    ]
                ]
            case ("/routing/api/complaints", _):
                body = [
                    "complaints": [["number": "C20261117-01-000001", "registeredAt": "2026-11-17T10:00:00Z"]],
                    "next": "2",
                ]
            case ("/routing/api/policies/service-standard/2", _): body = ["yaml": yaml, "calendar": calendar]
            case ("/routing/api/policies", _): body = ["current": ["id": "service-standard", "version": 2]]
            case (let path, _):
                let number = String(path.split(separator: "/").last ?? "")
                var complaint: [String: Any] = ["number": number, "returns": 1]
                // The third was judged before versions were kept.
                if number.last != "3" { complaint["policy"] = ["id": "service-standard", "version": 2] }
                body = [
                    "complaint": complaint, "course": ["earlier": 4],
                    "record": ["narrative": "手机花屏，质量太差", "registeredAt": "2026-11-17T10:00:00Z"],
                ]
            }
            let response = try #require(
                HTTPURLResponse(url: url, statusCode: 200, httpVersion: nil, headerFields: nil))
            return (try JSONSerialization.data(withJSONObject: body), response)
        }
        let source = RoutingComplaints(client: client)
        var seen: [String] = []
        try await source.visit(ReplaySpan()) { name, past in
            let pack = try await source.pack(of: past)
            seen.append("\(name.suffix(1)) \(past.course.returns ?? 0) \(past.course.earlier ?? 0) \(pack.stamp)")
        }
        #expect(seen == (1...3).map { "\($0) 1 4 service-standard@2" })
        let noon = try #require(RFC3339.date("2026-11-17T12:00:00Z"))
        var within: [String] = []
        try await source.visit(ReplaySpan(since: noon - 3600, until: noon)) { name, _ in within.append(name) }
        #expect(within == ["C20261117-01-000002"])
    }

    @Test("An explanation names every decision with its reason, and reads as text")
    func explanation() throws {
        let complaint = SubmittedComplaint(
            complainant: Complainant(phone: "1"), narrative: "充电器起火，手被烧伤", amount: Money("20000"))
        let past = PastComplaint(
            complaint: complaint.complaint(at: Date(timeIntervalSince1970: 1_795_000_000)), course: CourseSoFar())
        let explanation = try PolicyExplanation(past, under: pack(), at: past.complaint.registeredAt)
        #expect(explanation.aspect("severity")?.value == "major")
        #expect(explanation.aspect("severity")?.because.map(\.rule) == ["grading.harm"])
        #expect(explanation.aspect("settled on the spot")?.value == "not possible")
        #expect(explanation.aspect("approval")?.value.contains("head always") == true)
        #expect(explanation.text.contains("assisting: customer-service, finance"))
    }
}
