import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import CommandLineTool

/// The stories that the project tells, one for each document.
@Suite("Stories of the documents") struct ShippedStoryTests {
    static let names = [
        "dealer-aftersales", "kangyu-medical", "service-standard", "sunshine-property", "wholesale-feedback",
    ]
    private static let folder = BuildProducts.repository.appending(path: "compose/stories")

    private func story(_ name: String) throws -> RehearsalStory {
        try RehearsalStory.load(Self.folder.appending(path: "\(name).yaml").path)
    }

    @Test("There is a story for each pack")
    func complete() throws {
        let packs = BuildProducts.repository.appending(path: "compose/policies")
        func names(_ folder: URL) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.sorted()
        }
        #expect(try names(Self.folder) == names(packs))
        #expect(try names(Self.folder) == Self.names.map { "\($0).yaml" })
    }

    @Test("A story can be played under its own pack, and has everything to show", arguments: names)
    func shows(name: String) throws {
        let story = try story(name)
        #expect(story.pack.stamp.id == name)
        let steps = story.complaints.flatMap(\.steps)
        let waits = steps.compactMap { step in if case .wait(let wait) = step.kind { wait } else { nil } }
        #expect(waits.contains { if case .missed = $0 { true } else { false } }, "no clock is missed")
        let expected = Set(steps.flatMap(\.expects))
        for event in ["case.urged", "solution.approved", "solution.declined", "rework.ordered", "complaint.closed"] {
            #expect(expected.contains(event), "\(event) is not expected")
        }
    }

    /// What people do about a complaint after it has ended.
    private static let afterwards: Set = [
        "case.nominated", "case.published", "measure.assigned", "rectification.ordered",
    ]

    @Test("A story comes to every step of the document on a complaint's way", arguments: names)
    func steps(name: String) throws {
        let story = try story(name)
        let reached = Set(story.complaints.flatMap(\.ending.steps))
        let needed = story.pack.steps.filter { !Self.afterwards.isSuperset(of: $0.events) }.map(\.number)
        #expect(needed.filter { !reached.contains($0) }.isEmpty)
    }

    @Test("What the document calls major is handled by a group", arguments: names)
    func groups(name: String) throws {
        let story = try story(name)
        guard !story.pack.groups.isEmpty else { return }
        let actions = story.complaints.flatMap(\.steps).compactMap { step in
            if case .act(let act) = step.kind { act.action } else { nil }
        }
        #expect(actions.contains(.opinion))
        #expect(actions.contains(.participation))
    }
}

@Suite("Reading stories") struct StoryReadingTests {
    private static let good = """
        policy: ../policies/service-standard.yaml
        title: {zh-Hans: 故事, en: A story}
        starts: 2026-03-02 09:00
        complaints:
          - id: one
            title: {zh-Hans: 一, en: One}
            steps:
              - who: customer
                does: complaint
                with: {channel: web, completionDue: "${in 3 working days}", affected: 3}
                expect: complaint.received
              - {after: 2 working hours, who: logistics.handler, does: acknowledgement}
              - {until: {missed: solution}, expect: [case.urged]}
            ends: {outcome: satisfied, steps: [一]}
        """

    private func parse(_ text: String) throws -> RehearsalStory {
        try RehearsalStory.parse(text, file: BuildProducts.repository.appending(path: "compose/stories/test.yaml").path)
    }

    @Test func aStoryIsRead() throws {
        let story = try parse(Self.good)
        #expect(RFC3339.text(story.starts) == "2026-03-02T01:00:00.000Z")
        let steps = try #require(story.complaints.first?.steps)
        #expect(steps.count == 3 && steps[1].after == .workingTime(7200))
        guard case .act(let act) = steps[1].kind else { throw NotAnAct() }
        #expect(act.department?.text == "logistics")
        guard case .act(let first) = steps[0].kind else { throw NotAnAct() }
        #expect(first.fields["affected"] == .number(3))
        // Monday 09:00; the third working day after it ends on Thursday at 18:00.
        let filled = JSONTree.object(first.fields).filled(at: story.starts, story.pack.calendar)
        #expect(filled["completionDue"] == .text("2026-03-05T10:00:00.000Z"))
        #expect(filled["channel"] == .text("web"))
    }

    @Test(
        "What is wrong is named with its line",
        arguments: [
            ("does: complaint", "does: complain", "9:15", "expected one of complaint"),
            ("who: customer", "who: custommer", "8:14", "did you mean 'customer'"),
            (
                "missed: solution", "missed: solutions", "13:26",
                "there is no clock 'solutions', did you mean 'solution'?"
            ),
            ("[case.urged]", "[case.urge]", "13:46", "did you mean 'case.urged'"),
            ("steps: [一]", "steps: [六]", "14:40", "there is no step of an event '六'"),
            ("${in 3 working days}", "${in three days}", "10:45", "is no placeholder"),
            ("2026-03-02 09:00", "2026-02-30 09:00", "3:9", "expected a day and time"),
            ("outcome: satisfied", "outcome: happy", "14:21", "expected one of satisfied"),
            ("affected: 3", "affected: 3.5", "10:79", "put '3.5' in quotes"),
            ("who: logistics.handler", "who: supervisor", "12:9", "say with 'at' in which one"),
            ("after: 2 working hours", "after: soon", "12:17", "is not a time"),
            ("title: {zh-Hans: 故事, en: A story}", "name: x", "2:1", "unknown key 'name'"),
        ])
    func wrong(good: String, bad: String, place: String, message: String) throws {
        let text = Self.good.replacing(good, with: bad)
        try #require(text != Self.good)
        let error = try #require(throws: PolicyInvalid.self) { try parse(text) }
        let lines = error.problems.map(\.description)
        #expect(lines.contains { $0.contains("test.yaml:\(place): ") && $0.contains(message) }, "\(lines)")
    }
}

private struct NotAnAct: Error {}

@Suite("What people of a story can do") struct StoryActionTests {
    @Test("Every action is in the description of its API", arguments: StoryAction.allCases)
    func documented(action: StoryAction) throws {
        let file = BuildProducts.repository.appending(path: "docs/api/\(action.service.rawValue).yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n").drop { $0 != "  \(action.path):" }
        let operation = lines.dropFirst().prefix { !$0.hasPrefix("  /") }
        #expect(operation.contains("    post:"), "\(action.path)")
    }
}
