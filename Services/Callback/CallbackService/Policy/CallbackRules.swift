import Contracts
import Foundation
import Procedure

/// What a policy pack says about speaking with the customer, as Callback asks it: of a complaint that was judged, by the
/// version that it was judged under; of others, by the one that is in force.
package struct CallbackRules: Sendable {
    private let shelf: PolicyShelf
    /// The pack that one complaint is decided under.
    private var kept: PolicyPack?

    package var pack: PolicyPack { kept ?? shelf.current }

    package init(_ shelf: PolicyShelf) { self.shelf = shelf }

    /// With one pack for everything.
    package init(_ pack: PolicyPack) { self.init(PolicyShelf(pack)) }

    /// The same rules under the pack that a complaint was judged under, from the first decision to the last, whatever
    /// comes to be in force meanwhile.
    package func following(_ stamp: PolicyStamp?) -> CallbackRules {
        var rules = self
        rules.kept = shelf.pack(stamp)
        return rules
    }

    /// Whether that version has come here.
    func knows(_ stamp: PolicyStamp) -> Bool { shelf.known(stamp) != nil }

    /// In whose name the service does what the pack prescribes and nobody clicked.
    var system: Actor { .system(pack.stamp.description) }

    /// Whether the customer is content enough for the complaint to be closed.
    func isContent(solved: Bool, satisfaction: Int) -> Bool { solved && satisfaction >= pack.callback.satisfiedFrom }

    // MARK: Consent

    /// How long a proposal stays open for an answer (K12, S09).
    func validity(from start: Date) -> Deadline {
        let due = pack.calendar.due(from: start, within: pack.consent.validity)
        return Deadline(
            clock: "consent", title: LocalizedText(zhHans: "方案有效期", en: "Validity of the solution"), startedAt: start,
            dueAt: due.dueAt, explanation: due.explanation,
            stops: ["solution.accepted", "solution.declined", "solution.disputed"])
    }

    /// Why a person rules instead of one more solution being made (K12, M17); nil when it is not due yet.
    func ruling(afterDeclines declines: Int) -> Explanation? {
        guard pack.consent.isRulingDue(afterDeclines: declines) else { return nil }
        let rounds = pack.consent.rounds
        return Explanation(
            rule: "consent.rounds",
            text: LocalizedText(
                zhHans: "客户已 \(declines) 次不同意（上限 \(rounds) 次），由督办裁定",
                en: "declined \(declines) times of at most \(rounds): a supervisor rules"),
            facts: ["declines": String(declines)])
    }

    // MARK: Callback

    /// By when the customer has to be called back, and not before which instant (K14, W11).
    func callback(after completedAt: Date, _ severity: Severity?) -> (deadline: Deadline, from: Date) {
        let window = pack.callbackWindow(completedAt: completedAt)
        let starting = "solution.implemented"
        let stopping = "callback.completed"
        let clocks = pack.clocks.filter { $0.starts == starting && $0.stops.contains(stopping) }
        let deadline = clocks.lazy.compactMap { pack.deadline(of: $0, from: completedAt, severity: severity) }.first
        let terms = Deadline(
            clock: stopping, title: LocalizedText(zhHans: "回访", en: "Callback"), startedAt: completedAt,
            dueAt: window.dueAt, explanation: window.because, stops: [stopping])
        return (deadline ?? terms, window.from)
    }

    /// By when a dissatisfied customer has to be talked with (安抚) and called again (K15); where the pack has no clock for
    /// that, within the time of a callback.
    func soothing(from now: Date, _ severity: Severity?) -> Deadline {
        let clock = pack.clocks.first { $0.starts == Clock.dissatisfied }
        return clock.flatMap { pack.deadline(of: $0, from: now, severity: severity) }
            ?? callback(after: now, severity).deadline
    }

    // MARK: Status

    /// When the customer is told where it stands when nothing is heard until then (W17); nil when the pack has no such rule.
    func statusDue(after told: Date) -> Date? {
        pack.updates.map { pack.calendar.due(from: told, within: $0.every).dueAt }
    }
}
