import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import CommandLineTool

/// What people give to `redress policy explain` and `replay`, and what they are told when it is wrong.
@Suite("Complaints that commands read")
struct PolicyExplainTests {
    private static let pack = BuildProducts.repository.appending(path: "compose/policies/service-standard.yaml").path()

    private func refusal(_ text: String) -> String {
        do {
            let submitted = try SubmittedComplaint.read(Data(text.utf8), named: "complaint.json")
            try submitted.check(against: try PolicyPack.load(file: Self.pack), named: "complaint.json")
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "What is wrong is named with its field",
        arguments: [
            (#"{"narrative": "漏水"}"#, ["accepted"]),
            (#"{"narrative": "漏水", "channel": "hotline", "kind": "enquiry", "language": "en"}"#, ["accepted"]),
            ("", ["complaint.json is empty"]),
            (#"{"narrative": "漏水","#, ["complaint.json: not JSON"]),
            ("[1]", ["an object { … } is expected"]),
            ("{}", ["narrative is missing"]),
            (#"{"narrative": null}"#, ["narrative is empty (null)"]),
            (#"{"narrative": 5}"#, ["narrative: expected a text"]),
            (#"{"narrative": "漏水", "kind": "grumble"}"#, ["kind: expected one of complaint, enquiry"]),
            (#"{"narrative": "漏水", "affected": "two"}"#, ["affected: expected a number"]),
            (#"{"narrative": "漏水", "flags": ["media", 5]}"#, ["flags[1]: expected a text"]),
            (#"{"narrative": "漏水", "amount": "many"}"#, ["amount"]),
            (#"{"narrative": "漏水", "about": {"product": 7}}"#, ["about.product: expected a text"]),
            (#"{"narrative": "漏水", "heardAt": "yesterday"}"#, ["heardAt"]),
            (#"{"narrative": "漏水", "language": "fr"}"#, ["language: there is no 'fr'"]),
            (#"{"narrative": "漏水", "channel": "pigeon"}"#, ["channel: service-standard has no 'pigeon'", "hotline, "]),
        ])
    func refused(text: String, words: [String]) {
        let refusal = refusal(text)
        for words in words { #expect(refusal.contains(words), "\(refusal)") }
    }

    @Test("Of JSON lines the line is named too, also where they are what Routing tells of a complaint")
    func lines() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (bad, words) in [
            (#"{"narrative": "漏水", "kind": "grumble"}"#, ":3: kind: expected one of"),
            (#"{"complaint": {"number": "C20261120-01-000001"}, "record": {}}"#, ":3: record.narrative is missing"),
        ] {
            let file = folder.appending(path: "past.jsonl")
            try Data("{\"narrative\": \"漏水\"}\n\n\(bad)\n".utf8).write(to: file)
            let lines = try ComplaintLines(file.path())
            let failure = await #expect(throws: CommandFailure.self) {
                try await lines.visit(ReplaySpan()) { _, _ in }
            }
            #expect(failure.map { "\($0)".contains(words) } == true, "\(failure as Any)")
        }
    }
}
