import Foundation
import TestSupport
import Testing

/// The scripts are read by their interpreter, and by shellcheck where it is installed.
@Suite struct ScriptTests {
    static let scripts =
        ["compose/up", "compose/down", "compose/test", "compose/demo", "compose/container-setup", ".ci/run"]
        + ((try? FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "compose/lib").path)) ?? []).sorted().map { "compose/lib/\($0)" }

    @Test("A script has no error of form", arguments: scripts)
    func form(script: String) throws {
        let shell = try Repository.text(script).hasPrefix("#!/bin/sh") ? "sh" : "bash"
        let (status, output) = try run("/usr/bin/env", [shell, "-n", script])
        #expect(status == 0, "\(output)")
    }

    @Test("shellcheck finds nothing", .enabled(if: isInstalled("shellcheck")), arguments: scripts)
    func shellcheck(script: String) throws {
        let (status, output) = try run("/usr/bin/env", ["shellcheck", "-x", script])
        #expect(status == 0, "\(output)")
    }

    @Test("What people run is executable", arguments: scripts.filter { !$0.hasSuffix(".sh") })
    func executable(script: String) {
        #expect(FileManager.default.isExecutableFile(atPath: Repository.root.appending(path: script).path))
    }

    @Test("docker-compose accepts the container twin", .enabled(if: isInstalled("docker-compose")))
    func containers() throws {
        let (status, output) = try run(
            "/usr/bin/env", ["docker-compose", "-f", "compose/compose.yaml", "config", "-q"])
        #expect(status == 0, "\(output)")
    }
}

/// Whether a program is on the PATH.
func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
}

/// Runs a program in the repository and returns its status and everything it wrote.
func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let result = try ChildProcess.run(program, arguments, folder: Repository.root.path)
    return (result.status, result.text + result.complaints)
}
