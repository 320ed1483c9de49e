import Contracts
import Foundation

/// What a department has said and heard that starts and stops the clocks (时限) of one case. A clock runs from its start
/// until one of the events that stop it, by when things happened, so that news may come in any order.
package struct ClockNews: Hashable, Sendable, Codable {
    /// When an event, as `noun.verb`, happened last.
    private(set) var happened: [String: Date] = [:]
    /// The same events in the order in which their last time was heard of: it tells which came first within one millisecond.
    private(set) var order: [String] = []
    /// The event that started the latest run of a clock, by its id.
    private(set) var startedBy: [String: String] = [:]
    /// Since when the latest run began that Routing said had stopped, by the clock's id.
    private(set) var stopped: [String: Date] = [:]

    mutating func hear(_ event: String, at instant: Date) {
        let instant = RFC3339.toMillisecond(instant)
        if let last = happened[event], last > instant { return }
        happened[event] = instant
        order.removeAll { $0 == event }
        order.append(event)
    }

    /// The case is given anew: what was done about the assignment before, because the new one had not been heard of yet, is
    /// behind it and stops nothing that runs with it. What is about the complaint as a whole counts as before.
    mutating func begin(at instant: Date) {
        let instant = RFC3339.toMillisecond(instant)
        happened = happened.filter { event, last in last < instant || !Self.isOfOneAssignment(event) }
        order.removeAll { happened[$0] == nil }
    }

    private static func isOfOneAssignment(_ event: String) -> Bool {
        event.hasPrefix("solution.") || ["case.acknowledged", "case.returned"].contains(event)
    }

    /// A clock has started; of those that a case comes with it is not known by what.
    mutating func start(_ deadline: Deadline, by event: String) { startedBy[deadline.clock] = event }

    /// A clock was stopped by something that the department does not hear.
    mutating func stop(_ deadline: Deadline) {
        let start = RFC3339.toMillisecond(deadline.startedAt)
        stopped[deadline.clock] = max(stopped[deadline.clock] ?? start, start)
    }

    /// True when a clock that started then is of this case: everything that ran when the case was given came with it.
    func isOfThisAssignment(_ deadline: Deadline) -> Bool {
        happened["case.assigned"].map { $0 <= RFC3339.toMillisecond(deadline.startedAt) } ?? true
    }

    /// True while nothing has stopped the run. What starts a clock does not stop that run too, nor does what came before it.
    func runs(_ deadline: Deadline) -> Bool {
        let start = RFC3339.toMillisecond(deadline.startedAt)
        if let stopped = stopped[deadline.clock], stopped >= start { return false }
        return !(deadline.stops ?? []).contains { event in
            guard let last = happened[event] else { return false }
            return last > start || (last == start && !isBefore(event, startOf: deadline.clock))
        }
    }

    /// Of two events in the same millisecond: true when the one is what started the clock, or came before that.
    private func isBefore(_ event: String, startOf clock: String) -> Bool {
        guard let start = startedBy[clock] else { return false }
        guard start != event else { return true }
        guard let started = order.firstIndex(of: start), let other = order.firstIndex(of: event) else { return false }
        return other < started
    }
}

extension WorkOrder {
    /// True when a clock that is known here runs, whichever of its runs; nil when it is not known.
    func runs(_ clock: String) -> Bool? {
        let known = assignment.deadlines.filter { $0.clock == clock }
        return known.isEmpty ? nil : known.contains(where: clocks.runs)
    }

    /// What was raised because a clock ran out is a matter of the past once that clock has stopped.
    mutating func settleEscalation() {
        guard let clock = escalationClock, runs(clock) == false else { return }
        (escalation, escalationClock) = (nil, nil)
    }
}

extension WorkNotice {
    /// What clocks hear, as `noun.verb`. A ruling means to them what the customer's own answer would have.
    var tick: String? {
        switch self {
        case .assigned: "case.assigned"
        case .urged: "case.urged"
        case .escalated: "case.escalated"
        // It ends the assignment with all its clocks; those of the next one begin in the same instant.
        case .cancelled, .deadlineMoved: nil
        case .consulted: "opinion.requested"
        case .advised: "opinion.given"
        case .joined: "case.joined"
        case .accepted, .ruled(_, .carryOut, _): "solution.accepted"
        case .declined, .ruled(_, .revise, _): "solution.declined"
        case .disputed: "solution.disputed"
        case .ruled(_, .close, _): "solution.ruled"
        case .answered: "information.provided"
        case .reworkOrdered: "rework.ordered"
        case .closed: "complaint.closed"
        }
    }
}

extension Decision {
    /// With what clocks hear of a message.
    func hearing(_ notice: WorkNotice, at instant: Date) -> Decision {
        guard !isUnchanged else { return self }
        var decision = self
        if case .assigned = notice { decision.order.clocks.begin(at: instant) }
        if let tick = notice.tick { decision.order.clocks.hear(tick, at: instant) }
        decision.order.settleEscalation()
        return decision
    }

    /// With what clocks hear of what the department itself says.
    func hearingItself(at now: Date) -> Decision {
        var decision = self
        for event in says {
            let type = Swift.type(of: event).type
            // What counts from the end of the work counts from then, whenever it is said.
            let instant = (event as? SolutionCompleted).map { min($0.completedAt, now) } ?? now
            decision.order.clocks.hear("\(type.noun).\(type.verb)", at: instant)
        }
        decision.order.settleEscalation()
        return decision
    }
}
