import Contracts
import Foundation
import Procedure

/// Reads a story's file strictly: what is unknown, missing or not of the pack is a problem with its line.
struct StoryReader {
    let pack: PolicyPack
    private let people: StoryPeople

    init(pack: PolicyPack) {
        self.pack = pack
        people = StoryPeople(pack)
    }

    func read(_ root: YAMLValue) -> RehearsalStory? {
        guard let story = root.mapping(["policy", "title", "starts", "complaints"]) else { return nil }
        let title = story.required("title")?.localized()
        let starts = story.required("starts").flatMap(start)
        let complaints = story.required("complaints")?.list(complaint)
        guard let title, let starts, let complaints else { return nil }
        return RehearsalStory(file: root.file, title: title, pack: pack, starts: starts, complaints: complaints)
    }

    /// `2026-03-02 09:00` in the pack's time zone.
    private func start(_ value: YAMLValue) -> Date? {
        guard let text = value.scalar("a day and time such as 2026-03-02 09:00") else { return nil }
        // What is read has to be written the same again: there is no 30th of February.
        guard let date = try? TicketSheet.timeForm(pack.timeZone).parse(text + ":00"),
            TicketSheet.time(date, in: pack.timeZone) == text
        else {
            value.report("expected a day and time such as 2026-03-02 09:00, found '\(text)'")
            return nil
        }
        return date
    }

    private func complaint(_ value: YAMLValue) -> StoryComplaint? {
        guard let complaint = value.mapping(["id", "title", "steps", "ends"]) else { return nil }
        let id = complaint.required("id")?.text()
        let title = complaint.required("title")?.localized()
        let steps = complaint.required("steps")?.list(step)
        let ending = complaint.required("ends").flatMap(ending)
        guard let id, let title, let steps, let ending else { return nil }
        if case .act(let act)? = steps.first?.kind, act.action == .complaint {
            return StoryComplaint(id: id, title: title, steps: steps, ending: ending)
        }
        complaint.required("steps")?.report("a complaint begins with somebody who does 'complaint'")
        return nil
    }

    private func ending(_ value: YAMLValue) -> StoryEnding? {
        guard let ending = value.mapping(["outcome", "steps"]) else { return nil }
        let outcome = ending.required("outcome")?.choice(ClosingOutcome.self)
        let numbers = pack.steps.filter { !$0.isStanding }.map(\.number)
        let steps = ending.required("steps")?.oneOrMore { value -> String? in
            guard let number = value.scalar("the number of a step") else { return nil }
            return known(number, among: numbers, "step of an event", value)
        }
        guard let outcome, let steps else { return nil }
        return StoryEnding(line: value.node.mark?.line ?? 1, outcome: outcome, steps: steps)
    }

    private static let keys = ["after", "who", "does", "at", "with", "duty", "to", "until", "expect"]

    private func step(_ value: YAMLValue) -> StoryStep? {
        let before = value.log.problems.count
        guard let step = value.mapping(Self.keys) else { return nil }
        let after = step.optional("after").flatMap { $0.allowance() }
        let expects = step.optional("expect").flatMap { $0.oneOrMore(event) } ?? []
        let kind: StoryStep.Kind?
        if let until = step.optional("until") {
            for key in ["who", "does", "at", "with", "duty", "to"] {
                step.optional(key)?.report("'\(key)' has no place where something is waited for")
            }
            kind = wait(until).map { .wait($0) }
        } else {
            kind = act(step).map { .act($0) }
        }
        guard let kind, value.log.problems.count == before else { return nil }
        return StoryStep(line: value.node.mark?.line ?? 1, after: after, kind: kind, expects: expects)
    }

    private func act(_ step: YAMLMapping) -> StoryAct? {
        let who = step.required("who").flatMap { value -> String? in
            guard let name = value.scalar("a role, a sign-in name or customer") else { return nil }
            return known(name, among: people.names, "person", value)
        }
        let action = step.required("does")?.choice(StoryAction.self)
        let fields = step.optional("with").flatMap { $0.jsonFields() } ?? [:]
        guard let who, let action else { return nil }
        var department = step.optional("at").flatMap { value -> DepartmentID? in
            guard let id = value.scalar("the id of a department") else { return nil }
            return known(id, among: pack.departments.map(\.id.text), "department", value).flatMap(DepartmentID.init)
        }
        if action.service == .department {
            department = department ?? people.department(of: who)
            if department == nil {
                step.value.report("'\(who)' is of no department: say with 'at' in which one it is done")
            }
        } else if let at = step.optional("at") {
            at.report("'\(action.rawValue)' is not done in a department")
        }
        var result = StoryAct(who: who, action: action, department: department, fields: fields)
        readDuty(step, &result)
        return result
    }

    /// What was owed to others, and to whom.
    private func readDuty(_ step: YAMLMapping, _ act: inout StoryAct) {
        guard act.action == .fulfilment else {
            for key in ["duty", "to"] {
                step.optional(key)?.report("'\(key)' belongs to '\(StoryAction.fulfilment.rawValue)' alone")
            }
            return
        }
        act.duty = step.required("duty").flatMap { value in
            value.scalar("a rule such as raising.support").flatMap { known($0, among: duties, "duty", value) }
        }
        act.recipient = step.optional("to").flatMap { value in
            value.scalar("a recipient of the pack").flatMap { known($0, among: recipients, "recipient", value) }
        }
    }

    /// The rules by which something is owed to others.
    private var duties: [String] {
        pack.raising.map { "raising.\($0.id)" } + pack.upstream.map { "upstream.\($0.id)" }
            + (pack.publication == nil ? [] : ["publication"]) + (pack.warnings?.parts == nil ? [] : ["warnings.parts"])
    }

    private var recipients: [String] {
        pack.departments.map(\.id.text) + pack.escalations.map(\.id) + pack.outside.map(\.id)
    }

    private func wait(_ value: YAMLValue) -> StoryWait? {
        guard let wait = value.mapping(["missed", "event", "within"]) else { return nil }
        if let missed = wait.optional("missed") {
            guard let clock = missed.scalar("a clock of the pack") else { return nil }
            return known(clock, among: pack.clocks.map(\.id), "clock", missed).map { .missed($0) }
        }
        let event = wait.required("event").flatMap(event)
        let within = wait.required("within")?.allowance()
        guard let event, let within else { return nil }
        return .event(event, within: within)
    }

    private func event(_ value: YAMLValue) -> String? {
        guard let name = value.scalar("an event such as case.assigned") else { return nil }
        let events = MessageCatalogue.all.map { "\($0.type.noun).\($0.type.verb)" }
        return known(name, among: events, "event", value)
    }

    private func known(_ name: String, among names: [String], _ what: String, _ value: YAMLValue) -> String? {
        if names.contains(name) { return name }
        value.report("there is no \(what) '\(name)'\(Suggestion.text(for: name, among: names))")
        return nil
    }
}
