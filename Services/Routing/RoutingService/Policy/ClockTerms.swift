import Contracts
import Foundation
import Procedure

/// What a clock runs by, written down when it starts: a later version of the pack changes no clock that runs.
struct ClockTerms: Hashable, Sendable, Codable {
    /// As the pack writes it, `3 working days`; nil for a clock of which only the due time is known.
    var within: String?
    /// Percentages of its time at which it warns, ascending.
    var warnings: [Int] = []
    /// What makes it stand still.
    var pauses: [String] = []
    /// Whom of the department an urging addresses: `owner`, `head`, `nobody`.
    var urges = Clock.Addressee.owner.rawValue
    /// To whom the complaint is raised when it runs out: `next` for one level up, or an id; nil: to nobody.
    var escalatesTo: String?
    /// The most that extensions may add, and who grants them; nil: none.
    var extensionAtMost: String?
    var extensionBy: String?
    /// Extensions granted so far, in order, as the pack writes times.
    var extensions: [String] = []

    static let nextLevel = "next"

    init() {}

    /// - Parameter severity: of the complaint when the clock starts.
    init(_ clock: Clock, severity: Severity?) {
        within = clock.within.allowance(for: severity)?.text
        warnings = clock.warnings
        pauses = clock.pauses.map(\.rawValue).sorted()
        urges = clock.urges.rawValue
        switch clock.escalation {
        case .next: escalatesTo = Self.nextLevel
        case .to(let id): escalatesTo = id
        case nil: break
        }
        extensionAtMost = clock.extending?.atMost.text
        extensionBy = clock.extending?.approvedBy.rawValue
    }

    var allowance: Allowance? { within.flatMap(Allowance.init) }
    var granted: [Allowance] { extensions.compactMap(Allowance.init) }
    var addressee: Clock.Addressee { Clock.Addressee(rawValue: urges) ?? .owner }
    var approver: Clock.Extending.Approver? { extensionBy.flatMap(Clock.Extending.Approver.init) }
    var mostExtension: Allowance? { extensionAtMost.flatMap(Allowance.init) }
    /// True when the clock stands still while the customer is asked.
    var waitsForCustomer: Bool { pauses.contains(Clock.Pause.customer.rawValue) }
}

/// An instant at which a clock has something to say: a warning, or that it has run out.
struct ClockMoment: Hashable, Sendable {
    /// The share of the clock's time that has run by then.
    static let due = 100

    var at: Date
    var percent: Int

    var isDue: Bool { percent == Self.due }
}

/// Reckons the due time and the moments of clocks. Pure: asked twice it answers the same.
struct ClockReckoning: Sendable {
    let calendar: WorkingCalendar

    /// When a clock is due; nil when its terms do not say.
    func due(_ terms: ClockTerms, from start: Date, pauses: [DateInterval]) -> DueTime? {
        terms.allowance.map {
            calendar.due(
                from: start, within: $0, pauses: terms.waitsForCustomer ? pauses : [], extendedBy: terms.granted)
        }
    }

    /// Everything that a clock has to say in its life, in order; last that it has run out.
    func moments(_ terms: ClockTerms, from start: Date, dueAt: Date, pauses: [DateInterval]) -> [ClockMoment] {
        let due = ClockMoment(at: dueAt, percent: ClockMoment.due)
        guard let allowance = terms.allowance else { return [due] }
        let pauses = terms.waitsForCustomer ? pauses : []
        let warnings = terms.warnings.map { percent in
            ClockMoment(
                at: calendar.instant(percent: percent, from: start, dueAt: dueAt, within: allowance, pauses: pauses),
                percent: percent)
        }
        return warnings + [due]
    }
}

extension [ClockMoment] {
    /// What comes after a moment that has been said; it may be in the past, and is said then, in its turn.
    func next(after moment: ClockMoment) -> ClockMoment? { first { $0.percent > moment.percent } }

    /// What is still to come for a clock that starts, or whose due time has changed: warnings that would be in the past
    /// are of no use to anybody, but that it has run out is always said.
    func next(from instant: Date) -> ClockMoment? { first { $0.at > instant || $0.isDue } }
}

/// How pressing a clock is that runs.
enum ClockAlert: Int, Sendable, Hashable {
    case none, approaching, missed
}
