import Contracts
import Foundation
import Procedure

/// One complaint while it is played: its number, and what its ticket has to show by now.
struct ComplaintPlay {
    let complaint: StoryComplaint
    let stage: Stage
    let calendar: WorkingCalendar
    /// Tells whoever watches what happens, at the clock's time.
    let tell: @Sendable (Date, String) -> Void
    private(set) var number = ""
    private var code = ""
    /// How often each event must be on the ticket.
    private var expected: [String: Int] = [:]

    init(
        _ complaint: StoryComplaint, on stage: Stage, _ calendar: WorkingCalendar,
        tell: @escaping @Sendable (Date, String) -> Void
    ) {
        (self.complaint, self.stage, self.calendar, self.tell) = (complaint, stage, calendar, tell)
    }

    /// Plays it from beginning to end.
    /// - Throws: `CommandFailure` that names the step which could not be played, or what its ticket lacks.
    mutating func play(_ clock: inout ClockSteering) async throws {
        for step in complaint.steps {
            do {
                try await play(step, &clock)
            } catch let failure as CommandFailure {
                throw CommandFailure(
                    failure.status, "\(complaint.id), the step at line \(step.line): \(failure.message)",
                    advice: failure.advice)
            }
        }
        try await checkEnding()
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
        let path = try await path(of: act)
        let answer = try await stage.send(
            .object(act.fields.mapValues { $0.filled(at: now, calendar) }), to: path, of: place, as: act.who)
        if act.action == .complaint {
            guard case .text(let number)? = answer["number"], case .text(let code)? = answer["trackingCode"] else {
                throw CommandFailure.refused("Intake gave no number")
            }
            (self.number, self.code) = (number, code)
        }
        tell(now, "\(act.who): \(act.action.title)\(act.action == .complaint ? " → \(number)" : "")")
    }

    private func path(of act: StoryAct) async throws -> String {
        var path = act.action.path.replacing("{number}", with: number)
        if let department = act.department { path.replace("{id}", with: department.text) }
        // A case may be named by its complaint's number.
        if act.action.service == .reporting { path.replace("{id}", with: number) }
        if act.action == .proposalAnswer {
            let view = try await customerView(until: "a proposal waits for the customer") {
                $0["proposal"]?["isOpen"] == .bool(true)
            }
            path.replace("{version}", with: view["proposal"]?["version"]?.numberText ?? "0")
        }
        if act.action == .informationAnswer {
            let view = try await customerView(until: "a question waits for the customer") {
                $0["informationRequest"] != nil
            }
            path.replace("{request}", with: view["informationRequest"]?["request"]?.numberText ?? "0")
        }
        return act.who == RehearsalStory.customer && act.action != .complaint ? "\(path)?code=\(code)" : path
    }

    private func customerView(until what: String, _ holds: (JSONTree) -> Bool) async throws -> JSONTree {
        try await stage.read(
            "/callback/api/complaints/\(number)?code=\(code)", of: "callback", as: RehearsalStory.customer, until: what,
            holds)
    }

    // MARK: Waiting

    private mutating func waitUntilMissed(_ clock: String, _ steering: inout ClockSteering) async throws {
        try await settle()
        let dossier = try await stage.read(
            "/routing/api/complaints/\(number)", of: "routing", as: "supervisor", until: "the clock \(clock) runs"
        ) { $0.runningDeadline(clock) != nil }
        guard let due = dossier.runningDeadline(clock) else { return }
        try await steering.leap(to: due)
        tell(steering.now(), "the clock \(clock) has run out")
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
