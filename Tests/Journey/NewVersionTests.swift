import Contracts
import Foundation
import TestSupport
import Testing

/// A new version of the policy pack comes into force while the whole system runs.
@Suite("A pack changes, all the way", .serialized, .tags(.journey, .broker), .timeLimit(.minutes(6)))
struct NewVersionTests {
    private static let quality = "product-quality"
    private static let third: KeyValuePairs = [
        "when: {field: amount, atLeast: 10000}\n    severity: major":
            "when: {field: amount, atLeast: 8000}\n    severity: major",
        "{validity: 5 working days,": "{validity: 2 working days,",
    ]

    private func submit(_ amount: String, to system: RunningSystem) async throws -> Story {
        try await Story.submit(to: system, Story.complaint(["amount": amount]))
    }

    /// What Routing knows of a complaint, as soon as it has graded it.
    private func judged(_ story: Story) async throws -> String {
        var complaint: [String: Any] = [:]
        let client = story.system.client(.routing, as: "supervisor")
        try await poll("\(story.number) is graded", within: .seconds(60), every: .milliseconds(50)) {
            let answer = try await client.get("/routing/api/complaints/\(story.number)")
            complaint = answer.json["complaint"] as? [String: Any] ?? [:]
            return complaint["severity"] != nil
        }
        let policy = complaint["policy"] as? [String: Any]
        return "\(complaint["severity"] as? String ?? "-") under \(policy?["version"] as? Int ?? 0)"
    }

    /// Waits until a service's health says something of its pack.
    private func waitFor(_ detail: String, at service: SystemService, of system: RunningSystem) async throws {
        var seen = ""
        do {
            try await poll("\(service) works by \(detail)", within: .seconds(60), every: .milliseconds(100)) {
                let answer = try await system.client(service).get("/readyz")
                seen = answer.text
                let checks = answer.json["checks"] as? [String: Any]
                let policy = checks?["policy"] as? [String: Any]
                return answer.status == 200 && (policy?["detail"] as? String)?.contains(detail) == true
            }
        } catch {
            throw VersionFailure(description: "\(error): \(seen)")
        }
    }

    /// How many days a proposed solution may be answered.
    private func validity(of story: Story) async throws -> Double {
        try await story.investigate(at: Self.quality)
        try await story.propose("更换同型号新机", at: Self.quality)
        let view = try await story.wait(for: "proposed")
        let deadline = try #require(view["deadline"] as? [String: Any])
        let start = try #require((deadline["startedAt"] as? String).flatMap(RFC3339.date))
        let due = try #require((deadline["dueAt"] as? String).flatMap(RFC3339.date))
        return due.timeIntervalSince(start) / 86_400
    }

    /// Which complaints would be decided otherwise under a pack, and what of each with why.
    private func replayed(_ file: String, _ credentials: String) async throws -> [String: [[String: Any]]] {
        let output = try await BuildProducts.run(
            "redress", ["policy", "replay", file, "--credentials", credentials, "--json"])
        let replay = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
        let changed = try #require(replay["changed"] as? [[String: Any]])
        return Dictionary(
            changed.map { ($0["complaint"] as? String ?? "", $0["changes"] as? [[String: Any]] ?? []) }
        ) { $0 + $1 }
    }

    private func rules(_ change: [String: Any]?, _ name: String) -> [String] {
        (change?[name] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
    }

    @Test("A new version is for new complaints alone, on all services, and past ones can be tried under it")
    func comesIntoForce() async throws {
        let folder = try TemporaryFolder()
        let pack = try EditedPack(in: folder).write(version: 2)
        let system = try await RunningSystem.start(policyFile: pack.file)
        let credentials = folder.path("credentials.json")
        try system.writeCredentials(to: credentials)
        let (grave, small) = (try await submit("9000.00", to: system), try await submit("900.00", to: system))
        #expect(try await judged(grave) == "important under 2")
        #expect(try await judged(small) == "general under 2")

        // Tried first, as people should: exactly the one is listed, with both reasons.
        let desk = try TemporaryFolder()
        let edited = try EditedPack(in: desk).write(version: 3, Self.third)
        let changed = try await replayed(edited.file, credentials)
        #expect(Array(changed.keys) == [grave.number])
        let severity = changed[grave.number]?.first { $0["what"] as? String == "severity" }
        #expect(severity?["before"] as? String == "important" && severity?["after"] as? String == "major")
        #expect(rules(severity, "becauseBefore") == ["grading.notable-amount"])
        #expect(rules(severity, "becauseAfter") == ["grading.large-amount"])

        try pack.write(version: 3, Self.third)
        for service in [SystemService.intake, .routing, .operations] { try system.signal(service, SIGHUP) }
        for service in [SystemService.intake, .routing, .callback, .reporting, .operations] {
            try await waitFor("service-standard@3", at: service, of: system)
        }
        let (newGrave, newSmall) = (try await submit("9000.00", to: system), try await submit("900.00", to: system))
        #expect(try await judged(newGrave) == "major under 3")
        #expect(try await judged(newSmall) == "general under 3")

        // A broken file, and another text under the same version: both are refused with the reason, and nothing ends.
        try pack.write(version: 4, ["rulingAfter: 2": "rulingAfter: many"])
        try await waitFor("service-standard.yaml:", at: .routing, of: system)
        try await waitFor("service-standard.yaml:", at: .intake, of: system)
        try pack.write(version: 3, ["rulingAfter: 2": "rulingAfter: 5"])
        try await waitFor("raise its version to 4 or more", at: .routing, of: system)
        let policies = try await system.client(.routing, as: "supervisor").get("/routing/api/policies")
        #expect((policies.json["refused"] as? String)?.contains("raise its version to 4 or more") == true)

        // Also after a new start with that file, each complaint goes on under its own version.
        for service in [SystemService.routing, .callback, .reporting] { try system.kill(service) }
        for service in [SystemService.routing, .callback, .reporting] {
            try await poll("\(service) is started again", within: .seconds(30)) { system.starts(of: service) > 1 }
        }
        try await system.waitUntilReady()
        #expect(try await judged(grave) == "important under 2")
        let (long, short) = (try await validity(of: small), try await validity(of: newSmall))
        #expect(long > short + 1.5, "\(long) days and \(short) days")
        // What was judged under the third version is decided alike by it.
        #expect(try await Array(replayed(edited.file, credentials).keys) == [grave.number])
        for (service, code) in try await system.stop() { #expect(code == 0, "\(service)") }
    }
}

private struct VersionFailure: Error, CustomStringConvertible {
    var description: String
}
