import Foundation
import TestSupport
import Testing

/// The stories of the documents, played over the real executables by the player that `compose/demo` uses.
@Suite("A rehearsal, all the way", .serialized, .tags(.journey, .broker), .timeLimit(.minutes(6)))
struct RehearsalTests {
    @Test("A document's own story is played from beginning to end", arguments: ["service-standard"])
    func plays(policy: String) async throws {
        let folder = try TemporaryFolder()
        let story = BuildProducts.repository.appendingPathComponent("compose/stories/\(policy).yaml").path
        let (clock, credentials) = (folder.path("clock.json"), folder.path("credentials.json"))
        _ = try await BuildProducts.run("redress", ["rehearse", story, "--clock-file", clock, "--set-clock"])
        let system = try await RunningSystem.start(policy: policy, environment: ["REDRESS_CLOCK_FILE": clock])
        try system.writeCredentials(to: credentials)
        let output: Data
        do {
            output = try await BuildProducts.run(
                "redress", ["rehearse", story, "--clock-file", clock, "--credentials", credentials])
        } catch {
            throw RehearsalFailure(description: "\(error)\n\(await system.troubles())")
        }
        let text = String(decoding: output, as: UTF8.self)
        for step in system.pack.steps { #expect(text.contains("\n\(step.number)  \(step.title.zhHans)")) }
        // A missed deadline with its urging, an approval, a disagreement, a rework, and the end; no sign-in name in the place
        // of a word.
        for words in ["时限逾期", "督办对象：", "方案批准  产品质量部负责人", "客户不同意方案  客户", "重新处理  回访人员", "结果：客户满意"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains("product-quality.") && !text.contains("其他记录"))
        #expect(text.contains("无一丢失"))
        for (service, code) in try await system.stop() { #expect(code == 0, "\(service)") }
    }
}

private struct RehearsalFailure: Error, CustomStringConvertible {
    var description: String
}
