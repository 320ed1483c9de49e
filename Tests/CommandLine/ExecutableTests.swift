import Foundation
import TestSupport
import Testing

/// The executable itself, as a script meets it.
@Suite struct ExecutableTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let pack = "compose/policies/service-standard.yaml"

    /// Beside the tests, where the build puts all products.
    private static func executable() throws -> URL {
        let products = URL(filePath: try #require(ProcessInfo.processInfo.arguments.first)).deletingLastPathComponent()
        let beside = products.appending(path: "redress")
        return FileManager.default.isExecutableFile(atPath: beside.path)
            ? beside : repository.appending(path: ".build/debug/redress")
    }

    private func run(
        _ arguments: [String], input: String = ""
    ) throws -> (status: Int32, output: String, errors: String) {
        let result = try ChildProcess.run(
            try Self.executable().path, arguments,
            environment: ["PATH": "/usr/bin:/bin", "REDRESS_CREDENTIALS": "/nowhere/credentials.json"],
            folder: Self.repository.path, input: Data(input.utf8))
        return (result.status, result.text, result.complaints)
    }

    @Test(
        "The exit status tells a script what happened",
        arguments: [
            (["--help"], 0), (["policy", "check", pack], 0), (["policy", "check", "/nowhere.yaml"], 1),
            (["trace", "C20261121-01-000042"], 1), (["trace", "42"], 64), (["nonsense"], 64),
            (["submit", "--nonsense"], 64),
        ])
    func statuses(arguments: [String], status: Int) throws {
        let result = try run(arguments)
        #expect(Int(result.status) == status, "\(result.output)\(result.errors)")
    }

    @Test("What goes wrong is said on standard error, and nothing on standard output")
    func errors() throws {
        let result = try run(["status", "C20261121-01-000042"])
        #expect(result.output.isEmpty)
        #expect(result.errors == "error: there is no readable file /nowhere/credentials.json\n")
    }

    @Test("--help explains every command, with examples where a command takes arguments")
    func help() throws {
        let root = try run(["--help"]).output
        for command in ["submit", "status", "trace", "dead", "topology", "policy", "credentials"] {
            #expect(root.contains("\n  \(command)"), "\(command)")
            let help = try run([command, "--help"])
            #expect(help.status == 0)
            #expect(help.output.contains("OVERVIEW"))
        }
    }

    @Test("--json prints one JSON document")
    func json() throws {
        for arguments in [["policy", "check", Self.pack], ["topology", "plan", "--policy-file", Self.pack]] {
            let result = try run(arguments + ["--json"])
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            #expect(object?.isEmpty == false)
        }
    }

    @Test("A complaint's decision is explained without submitting it")
    func explain() throws {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: "\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(#"{"reason": "物流", "narrative": "快递丢失，物流一直没有更新", "complainant": {"phone": "13800000001"}}"#.utf8)
            .write(to: file)
        let result = try run(["policy", "explain", Self.pack, file.path, "--json"])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)")
        let aspects = try #require(object["aspects"] as? [[String: Any]])
        func decided(_ name: String) -> String? { aspects.first { $0["name"] as? String == name }?["value"] as? String }
        #expect(decided("category") == "delivery" && decided("department") == "logistics")
        #expect(decided("severity") == "general" && decided("clock callback") == "1 working day")
    }

    @Test("Due times are reckoned line by line; a wrong line loses none of the others, and the status says so")
    func due() throws {
        let good = #"{"start": "2026-09-30T17:00:00+08:00", "within": "3 working days"}"#
        let right = try run(["policy", "due", "--calendar", "cn-office"], input: "\(good)\n\n\(good)\n")
        #expect(right.status == 0, "\(right.errors)")
        #expect(right.output.split(separator: "\n").count == 2)
        let wrong = try run(
            ["policy", "due", "--calendar", "cn-office"], input: "\(good)\n{\"within\": \"1 hour\"}\n\(good)\n")
        #expect(wrong.status == 1)
        let lines = wrong.output.split(separator: "\n")
        try #require(lines.count == 3)
        #expect(lines[0].contains(#""due":"2026-10-10T10:00:00.000Z""#) && lines[0] == lines[2])
        #expect(lines[1].contains(#""field":"start","line":2"#))
        #expect(wrong.errors.contains("1 of 3 lines are wrong\nline 2: start: "))
    }
}
