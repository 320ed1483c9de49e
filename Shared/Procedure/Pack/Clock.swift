import Contracts

/// A time limit of the procedure (时限): from which event to which, within what.
package struct Clock: Sendable, Hashable {
    /// `complaint.heard` starts a clock when the customer was first heard, before there was a number.
    package static let heard = "complaint.heard"
    /// `callback.dissatisfied` starts a clock when a callback found the customer dissatisfied and the case is not handled
    /// again yet: first somebody talks with them (安抚), and another call (再次回访) decides (K15).
    package static let dissatisfied = "callback.dissatisfied"
    /// Events that stop every clock: nothing goes on after the end of a complaint.
    package static let terminalEvents: Set<String> = ["complaint.closed", "complaint.withdrawn", "complaint.merged"]
    /// What stops a clock without doing what it is for: the department gave the case back (退单), or had it taken away.
    package static let voidingEvents: Set<String> = ["case.returned", "case.cancelled"]
    /// Messages by which no clock goes: Routing, which keeps the clocks, neither hears them nor says them of the course
    /// of a complaint. A clock that named one would never start or never stop.
    package static let unclocked: Set<String> = [
        "case.distributed", "case.escalated", "case.joined", "case.read", "case.urged", "complaint.grouped",
        "customer.informed", "customer.soothed", "deadline.approaching", "deadline.missed", "deadline.moved",
        "duty.fulfilled", "emergency.attended", "emergency.called", "ledger.counted", "measure.assigned",
        "opinion.given", "opinion.requested", "part.arrived", "part.ordered", "policy.adopted",
        "rectification.returned", "solution.endorsed",
    ]

    package var id: String
    package var title: LocalizedText
    /// `noun.verb` of a message, `complaint.heard`, or `callback.dissatisfied`.
    package var starts: String
    /// `noun.verb` of messages; the first that comes stops the clock, and so do the terminal events.
    package var stops: Set<String>
    package var within: Limit
    /// Percentages of the time at which to warn, ascending.
    package var warnings: [Int]
    /// What makes the clock stand still.
    package var pauses: Set<Pause>
    /// Whom of the department that holds the complaint an urging (督办) addresses when the clock runs out (W10).
    package var urges = Addressee.owner
    /// To whom a complaint is raised when the clock runs out; nil: to nobody (V05–V08).
    package var escalation: Escalation?
    /// How much more time may be granted; nil: none.
    package var extending: Extending?

    /// How long, for everything alike or by severity.
    package enum Limit: Sendable, Hashable {
        case same(Allowance)
        case bySeverity([Severity: Allowance])

        /// The time for a severity; for a complaint that is not graded yet the shortest cannot be known, so such clocks
        /// have one limit: the loader sees to it.
        package func allowance(for severity: Severity?) -> Allowance? {
            switch self {
            case .same(let allowance): allowance
            case .bySeverity(let table): severity.flatMap { table[$0] }
            }
        }
    }

    /// What can make a clock stand still (W18).
    package enum Pause: String, Sendable, Hashable, CaseIterable {
        /// From `information.requested` until `information.provided`: the customer is asked.
        case customer
    }

    /// Whom an urging is addressed to.
    package enum Addressee: String, Sendable, Hashable, CaseIterable {
        /// The first responsible person (第一责任人).
        case owner
        /// The head of the department.
        case head
        /// A clock that is only recorded: nobody is urged.
        case nobody
    }

    /// The level above that learns of a clock that ran out.
    package enum Escalation: Sendable, Hashable {
        /// Where the department that holds the complaint escalates to; the second time one level higher.
        case next
        /// Always the same: a department or an escalation target.
        case to(String)
    }

    /// The terms of an extension (延期).
    package struct Extending: Sendable, Hashable {
        /// The most that all extensions of one clock together may add.
        package var atMost: Allowance
        package var approvedBy: Approver

        /// Who may grant it: one level up, never the one who asks.
        package enum Approver: String, Sendable, Hashable, CaseIterable {
            /// The head of the department, or a supervisor.
            case head
            /// A supervisor alone.
            case supervisor
        }

        package init(atMost: Allowance, approvedBy: Approver) {
            self.atMost = atMost
            self.approvedBy = approvedBy
        }
    }

    /// True when the event ends the clock.
    package func isStopped(by event: String) -> Bool { stops.contains(event) || Self.terminalEvents.contains(event) }
}
