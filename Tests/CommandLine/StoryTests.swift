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

    @Test("A story can be played under its own pack", arguments: names)
    func loads(name: String) throws {
        let story = try story(name)
        #expect(story.pack.stamp.id == name)
        #expect(story.complaints.count >= 2)
    }

    /// The acts and waits of a complaint in their order, as the story's file has them.
    private func acts(_ complaint: StoryComplaint) -> [(step: StoryStep, act: StoryAct)] {
        complaint.steps.compactMap { step in if case .act(let act) = step.kind { (step, act) } else { nil } }
    }

    /// The line of the first step of which something holds; absent when there is none.
    private func line(_ complaint: StoryComplaint, _ holds: (StoryStep) -> Bool) -> Int? {
        complaint.steps.first(where: holds)?.line
    }

    private func expects(_ event: String) -> (StoryStep) -> Bool { { $0.expects.contains(event) } }

    private func does(_ action: StoryAction) -> (StoryStep) -> Bool {
        { step in if case .act(let act) = step.kind { act.action == action } else { false } }
    }

    @Test("W10 S16 A deadline is missed, and the complaint is urged because of it", arguments: names)
    func missed(name: String) throws {
        let main = try #require(try story(name).complaints.first)
        let wait = main.steps.first { step in if case .wait(.missed) = step.kind { true } else { false } }
        #expect(wait?.expects.contains("case.urged") == true)
    }

    @Test("M15 K19 S07 A solution is approved before the customer is told of it", arguments: names)
    func approved(name: String) throws {
        let main = try #require(try story(name).complaints.first)
        let drafted = try #require(line(main, expects("solution.drafted")))
        let approved = try #require(line(main, expects("solution.approved")))
        let presented = try #require(line(main, expects("solution.presented")))
        #expect(drafted < approved && approved < presented)
    }

    @Test("M17 K12 S09 The customer declines with an objection and a request, and accepts another", arguments: names)
    func declined(name: String) throws {
        let main = try #require(try story(name).complaints.first)
        let answers = acts(main).filter { $0.act.action == .proposalAnswer }
        let first = try #require(answers.first?.act)
        #expect(first.fields["answer"] == .text("decline"))
        #expect(first.fields["comment"]?.textValue?.isEmpty == false)
        #expect(first.fields["request"]?.textValue?.isEmpty == false)
        #expect(answers.dropFirst().contains { $0.act.fields["answer"] == .text("accept") })
        #expect(answers.first?.step.expects.contains("solution.declined") == true)
    }

    @Test(
        "K15 W12 S11 A dissatisfied customer's complaint is handled again, and ends with a satisfied one",
        arguments: names)
    func reworked(name: String) throws {
        let main = try #require(try story(name).complaints.first)
        let rework = try #require(line(main, expects("rework.ordered")))
        let closed = try #require(line(main, expects("complaint.closed")))
        let investigated = main.steps.last(where: does(.investigation))?.line ?? 0
        #expect(rework < investigated && investigated < closed)
        let calls = acts(main).filter { $0.act.action == .callback }
        #expect(calls.first?.act.fields["solved"] == .bool(false))
        #expect(calls.last?.act.fields["solved"] == .bool(true))
        #expect(main.ending.outcome == .satisfied)
    }

    /// What people do about a complaint after it has ended.
    private static let afterwards: Set = [
        "rectification.ordered", "rectification.answered", "rectification.returned", "rectification.closed",
    ]

    @Test("A story comes to every step of the document on a complaint's way", arguments: names)
    func steps(name: String) throws {
        let story = try story(name)
        let reached = Set(story.complaints.flatMap(\.ending.steps))
        let needed = story.pack.steps.filter { step in
            // A step about time limits and duties alone is reached by those that a story has.
            !step.isStanding && (step.events.isEmpty || !Self.afterwards.isSuperset(of: step.events))
        }
        #expect(needed.map(\.number).filter { !reached.contains($0) }.isEmpty)
    }

    @Test(
        "K08 K09 K10 V08 S06 A major complaint has its group, every head, an opinion where several departments are in it, the verification on site, the cause, and is presented jointly",
        arguments: names)
    func groups(name: String) throws {
        let story = try story(name)
        guard !story.pack.groups.isEmpty else { return }
        let major = try #require(
            story.complaints.first { !acts($0).filter { $0.act.action == .participation }.isEmpty })
        let done = acts(major).map(\.act)
        let people = done.filter { $0.action == .participation }.map(\.who)
        #expect(people.contains { $0.hasSuffix("head") || $0.hasSuffix("manager") } && people.count >= 2)
        let others = Set(done.filter { $0.action == .acknowledgement }.compactMap(\.department)).count > 1
        #expect(!others || done.contains { $0.action == .opinion })
        let found = try #require(done.first { $0.action == .investigation })
        #expect(found.fields["siteVisit"] != nil && found.fields["rootCause"] != nil)
        let presented = try #require(done.first { $0.action == .presentation })
        #expect(presented.fields["with"]?.textValue?.isEmpty == false)
        #expect(done.contains { $0.action == .approval && $0.fields["signature"] != nil })
    }

    @Test("Whoever acts in a story has a name in the pack", arguments: names)
    func people(name: String) throws {
        let story = try story(name)
        for act in story.complaints.flatMap({ acts($0) }).map(\.act) where act.who != RehearsalStory.customer {
            #expect(story.pack.people[act.who] != nil, "\(act.who)")
        }
    }

    @Test("Channels, departments, people and ways that a story's fields name are the pack's", arguments: names)
    func fields(name: String) throws {
        let story = try story(name)
        let pack = story.pack
        let departments = Set(pack.departments.map(\.id.text))
        for act in story.complaints.flatMap({ acts($0) }).map(\.act) {
            let fields = act.fields
            if let department = fields["department"]?.textValue { #expect(departments.contains(department)) }
            for assisting in fields["assisting"]?.members ?? [] {
                #expect(departments.contains(assisting.textValue ?? ""))
            }
            switch act.action {
            case .complaint: #expect(pack.channel(fields["channel"]?.textValue ?? "") != nil)
            case .assignment:
                guard let owner = fields["owner"]?.textValue else { continue }
                let department = try #require(DepartmentID(fields["department"]?.textValue ?? ""))
                #expect(pack.possibleOwners(in: department).contains(owner), "\(owner)")
            case .presentation:
                #expect(pack.consent.ways.map(\.rawValue).contains(fields["way"]?.textValue ?? ""))
            case .soothing: #expect(pack.people[fields["person"]?.textValue ?? ""] != nil)
            default: continue
            }
        }
    }

    @Test("Everybody who can sign in under a pack has a name there", arguments: names)
    func accounts(name: String) throws {
        let pack = try story(name).pack
        let staff = pack.departments.map { DepartmentStaff(id: $0.id, head: $0.head, handlers: $0.owners) }
        let plan = AccountPlan(departments: staff, management: pack.management)
        // These two are names of roles that departments' own people have.
        for member in plan.staff where !AccountPlan.departmentRoles.contains(member.name) {
            #expect(pack.people[member.name] != nil, "\(member.name)")
        }
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
            ends: {outcome: satisfied, steps: [（一）1]}
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
            ("steps: [（一）1]", "steps: [六]", "14:40", "there is no step of an event '六'"),
            ("${in 3 working days}", "${in three days}", "10:45", "is no placeholder"),
            ("2026-03-02 09:00", "2026-02-30 09:00", "3:9", "expected a day and time"),
            ("outcome: satisfied", "outcome: happy", "14:21", "expected one of satisfied"),
            ("affected: 3", "affected: 3.5", "10:79", "put '3.5' in quotes"),
            ("who: logistics.handler", "who: supervisor", "12:9", "say with 'at' in which one"),
            ("after: 2 working hours", "after: soon", "12:17", "is not a time"),
            ("title: {zh-Hans: 故事, en: A story}", "name: x", "2:1", "unknown key 'name'"),
            (
                "does: acknowledgement}", "does: acknowledgement, duty: raising.x}", "12:87",
                "belongs to 'fulfilment' alone"
            ),
            ("does: acknowledgement}", "does: fulfilment, duty: raising.x}", "12:82", "there is no duty 'raising.x'"),
            ("does: acknowledgement}", "does: fulfilment}", "12:9", "'duty' is missing"),
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

    @Test("Every action has words of its own in both languages")
    func words() {
        #expect(Set(StoryAction.allCases.map(\.title.zhHans)).count == StoryAction.allCases.count)
        #expect(Set(StoryAction.allCases.map(\.title.en)).count == StoryAction.allCases.count)
    }
}
