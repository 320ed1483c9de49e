import Contracts
import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The player before services that answer as a test wants them to.
@Suite("Playing a story") struct StoryPlayTests {
    private static let story = """
        policy: ../policies/service-standard.yaml
        title: {zh-Hans: 故事, en: A story}
        starts: 2026-03-02 09:00
        complaints:
          - id: one
            title: {zh-Hans: 一, en: One}
            steps:
              - who: agent
                does: complaint
                with: {channel: hotline}
              - {who: caller, does: callback, expect: [callback.completed]}
            ends: {outcome: satisfied, steps: [（五）]}
        """

    /// What is answered to a request, by its path: a status and a body.
    private typealias Answers = @Sendable (String) -> (Int, String)

    /// How the story fails.
    private func failure(_ answers: @escaping Answers) async throws -> CommandFailure? {
        let file = BuildProducts.repository.appending(path: "compose/stories/test.yaml").path
        let story = try RehearsalStory.parse(Self.story, file: file)
        let folder = try TemporaryFolder()
        let clockFile = URL(fileURLWithPath: folder.path("clock.json"))
        try ClockSteering.start(at: story.starts, file: clockFile)
        var clock = try ClockSteering(file: clockFile, pace: .init())
        let sites = ["intake", "routing", "callback", "reporting", "operations"].map { ($0, "http://127.0.0.1:1") }
        let credentials = CredentialsFile(
            broker: "", management: "", sites: Dictionary(uniqueKeysWithValues: sites), users: [],
            tokens: ["agent": "a", "caller": "c", "manager": "m", "operator": "o"])
        let stage = Stage(credentials: credentials, patience: .milliseconds(200)) { request in
            let url = try #require(request.url)
            let (status, body) = answers(url.path)
            let response = try #require(
                HTTPURLResponse(url: url, statusCode: status, httpVersion: nil, headerFields: nil))
            return (Data(body.utf8), response)
        }
        return await #expect(throws: CommandFailure.self) {
            try await Rehearsal(story: story, stage: stage) { _, _ in }.play(&clock)
        }
    }

    private static let accepted = #"{"number": "C20260302-01-000001", "trackingCode": "k"}"#

    @Test("A step that is refused is named with its line in the story")
    func refused() async throws {
        let failure = try await failure { _ in (422, #"{"title": "Not valid"}"#) }
        let place = "compose/stories/test.yaml:8: one: agent: POST /intake/api/complaints"
        #expect(failure?.message.contains(place) == true)
        #expect(failure?.status == .refused)
    }

    @Test("An event that the ticket does not show is named with the step's line")
    func unmet() async throws {
        let failure = try await failure { path in
            path.hasPrefix("/reporting") ? (200, #"{"events": []}"#) : (200, Self.accepted)
        }
        #expect(failure?.message.contains("test.yaml:11: one: still not so") == true)
        #expect(failure?.message.contains("1 × callback.completed") == true)
    }

    @Test("A step of the document that was never come to is named with the ending's line")
    func ending() async throws {
        let ticket = """
            {"events": [{"type": "redress.callback.completed.v1"}], "outcome": "satisfied", "steps": [
             {"step": "（五）", "title": {"zh-Hans": "关闭", "en": "Closed"}, "applies": true, "happened": []}]}
            """
        let failure = try await failure { path in (200, path.hasPrefix("/reporting") ? ticket : Self.accepted) }
        #expect(failure?.message.contains("test.yaml:12: one: C20260302-01-000001 never came to the steps （五）") == true)
    }
}
