import Contracts
import Foundation
import Procedure

extension CallbackRules {
    /// What a policy pack says about asking the customer.
    package init(_ pack: PolicyPack) {
        self.init(
            satisfactionThreshold: pack.callback.satisfiedFrom, soothesFirst: pack.callback.sootheFirst,
            attempts: pack.callback.attempts,
            callbackDeadline: { completedAt, severity in
                pack.deadline(
                    from: "solution.implemented", to: "callback.completed", at: completedAt, severity,
                    else: pack.callback.within, Self.callbackTitle)
            },
            consentDeadline: { proposedAt, severity in
                pack.deadline(
                    from: "solution.proposed", to: "solution.accepted", at: proposedAt, severity,
                    else: pack.consent.validity, Self.consentTitle)
            })
    }

    private static let callbackTitle = LocalizedText(zhHans: "回访", en: "Callback")
    private static let consentTitle = LocalizedText(zhHans: "客户答复", en: "Customer's answer")
}

extension PolicyPack {
    /// The deadline of the pack's clock between two events; where the pack has no such clock, of its terms.
    fileprivate func deadline(
        from starting: String, to stopping: String, at start: Date, _ severity: Severity?, else allowance: Allowance,
        _ title: LocalizedText
    ) -> Deadline {
        let clocks = clocks.filter { $0.starts == starting && $0.stops.contains(stopping) }
        if let deadline = clocks.lazy.compactMap({ self.deadline(of: $0, from: start, severity: severity) }).first {
            return deadline
        }
        let due = calendar.due(from: start, within: allowance)
        return Deadline(
            clock: stopping, title: title, startedAt: start, dueAt: due.dueAt, explanation: due.explanation,
            stops: [stopping])
    }
}
