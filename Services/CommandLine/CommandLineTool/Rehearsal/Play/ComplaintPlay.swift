import Contracts
import Foundation
import Procedure

/// One complaint while it is played: its number, and what its ticket has to show by now.
struct ComplaintPlay {
    let story: RehearsalStory
    let complaint: StoryComplaint
    let stage: Stage
    /// Tells whoever watches what happens, at the clock's time.
    let tell: @Sendable (Date, String) -> Void
    private var address: StoryAddress
    /// How often each event must be on the ticket.
    private var expected: [String: Int] = [:]

    var number: String { address.number }
    private var calendar: WorkingCalendar { story.pack.calendar }

    init(
        _ complaint: StoryComplaint, of story: RehearsalStory, on stage: Stage,
        tell: @escaping @Sendable (Date, String) -> Void
    ) {
        (self.complaint, self.story, self.stage, self.tell) = (complaint, story, stage, tell)
        address = StoryAddress(stage: stage)
    }

    /// Plays it from beginning to end.
    /// - Throws: `CommandFailure` that names the line of the story which could not be played, or which was not met.
    mutating func play(_ clock: inout ClockSteering) async throws {
        for step in complaint.steps {
            do {
                try await play(step, &clock)
            } catch let failure as CommandFailure {
                throw failure.at(line: step.line, of: story, complaint)
            }
        }
        do {
            try await checkEnding()
        } catch let failure as CommandFailure {
            throw failure.at(line: complaint.ending.line, of: story, complaint)
        }
    }

    private mutating func play(_ step: StoryStep, _ clock: inout ClockSteering) async throws {
        if let after = step.after {
            try await settle()
            try await clock.leap(to: calendar.due(from: clock.now(), within: after).dueAt)
        }
        switch step.kind {
        case .act(let act): try await perform(act, at: clock.now())
        case .wait(.missed(let id)): try await waitUntilMissed(id, &clock)
        case .wait(.event(let event, let within)): try await wait(for: event, within, &clock)
        }
        for event in step.expects { expected[event, default: 0] += 1 }
        if !step.expects.isEmpty { try await checkExpected() }
    }

    // MARK: Acting

    private mutating func perform(_ act: StoryAct, at now: Date) async throws {
        let place = act.department.map { "departments/\($0)" } ?? act.action.service.rawValue
        let path = try await address.path(of: act)
        var fields = act.fields.mapValues { $0.filled(at: now, calendar) }
        if act.action == .fulfilment, let document = fields.removeValue(forKey: "document") {
            let writing = path.replacing("/fulfilment", with: "/document")
            _ = try await stage.send(document, method: "PUT", to: writing, of: place, as: act.who)
        }
        if [.measure, .inspection, .notice].contains(act.action) { fields["number"] = .text(number) }
        if act.action == .notice, let sample = address.sample { fields["sample"] = .number(sample) }
        let answer = try await stage.send(.object(fields), to: path, of: place, as: act.who)
        switch act.action {
        case .complaint:
            guard case .text(let number)? = answer["number"], case .text(let code)? = answer["trackingCode"] else {
                throw CommandFailure.refused("Intake gave no number")
            }
            (address.number, address.code) = (number, code)
        case .sample: address.sample = answer["id"]?.numberText.flatMap { Decimal(string: $0) }
        case .notice:
            address.notice = (answer["id"]?.numberText ?? "0", answer["notice"]?.numberText ?? "0")
        case .part: address.part = answer.members.last?["id"]?.numberText
        default: break
        }
        tell(now, words(act))
    }

    /// `质量部负责人：审批`
    private func words(_ act: StoryAct) -> String {
        let who = story.title(ofPerson: act.who).text(for: stage.language)
        let what = act.action.title.text(for: stage.language)
        let number = act.action == .complaint ? " → \(number)" : ""
        return stage.language == "en" ? "\(who): \(what)\(number)" : "\(who)：\(what)\(number)"
    }

    // MARK: Waiting

    private mutating func waitUntilMissed(_ clock: String, _ steering: inout ClockSteering) async throws {
        try await settle()
        let dossier = try await stage.read(
            "/routing/api/complaints/\(number)", of: "routing", as: "supervisor", until: "the clock \(clock) runs"
        ) { $0.runningDeadline(clock) != nil }
        guard let due = dossier.runningDeadline(clock) else { return }
        try await steering.leap(to: due)
        let title = story.pack.clock(clock)?.title.text(for: stage.language) ?? clock
        tell(steering.now(), stage.language == "en" ? "the time for “\(title)” is over" : "「\(title)」时限已过")
        _ = try await ticket(until: "the ticket shows that \(clock) was missed") { $0.hasMissed(clock) }
    }

    private func wait(for event: String, _ within: Allowance, _ steering: inout ClockSteering) async throws {
        try await settle()
        let before = try await ticket(until: "it is there") { _ in true }.count(of: event)
        try await steering.leap(to: calendar.due(from: steering.now(), within: within).dueAt)
        _ = try await ticket(until: "the ticket shows \(event)") { $0.count(of: event) > before }
        tell(steering.now(), event)
    }

    /// Waits until messages have stopped travelling: nothing new on the ticket for a while. Only then may time leap, or
    /// what is on the wire would seem to have taken days.
    private func settle() async throws {
        guard !number.isEmpty else { return }
        var count = -1
        var since = ContinuousClock.now
        _ = try await ticket(until: "nothing new comes") { ticket in
            if ticket.events.count != count { (count, since) = (ticket.events.count, ContinuousClock.now) }
            return ContinuousClock.now - since > .milliseconds(400)
        }
    }

    // MARK: Checking

    private func ticket(until what: String, _ holds: (JSONTree) -> Bool) async throws -> JSONTree {
        try await stage.read(
            "/reporting/api/tickets/\(number)", of: "reporting", as: "manager", until: what, holds)
    }

    private func checkExpected() async throws {
        let expected = expected
        let list = expected.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
        _ = try await ticket(until: "the ticket \(number) shows \(list)") { ticket in
            expected.allSatisfy { ticket.count(of: $0.key) >= $0.value }
        }
    }

    private func checkEnding() async throws {
        let ending = complaint.ending
        let ticket = try await ticket(until: "\(number) is closed: \(ending.outcome.rawValue)") {
            $0["outcome"] == .text(ending.outcome.rawValue)
        }
        let reached = Set(try TicketSheet(ticket).reachedSteps)
        let missing = ending.steps.filter { !reached.contains($0) }
        guard missing.isEmpty else {
            throw CommandFailure.refused("\(number) never came to the steps \(missing.joined(separator: ", "))")
        }
    }
}

extension CommandFailure {
    /// The same with the place in the story's file before it.
    fileprivate func at(line: Int, of story: RehearsalStory, _ complaint: StoryComplaint) -> CommandFailure {
        CommandFailure(status, "\(story.file):\(line): \(complaint.id): \(message)", advice: advice)
    }
}
