import Contracts
import Foundation

// Asking the customer: what silence and disagreement lead to, who may call back, and what the answer means.

/// What to do when a proposal was not answered in time.
package enum SilenceStep: Hashable, Sendable {
    /// Remind, and leave it open for the validity again; counts from 1.
    case remind(Int)
    case means(ConsentTerms.Silence)
}

extension ConsentTerms {
    /// What follows when a proposal's validity has passed without an answer.
    package func afterSilence(reminded: Int) -> (step: SilenceStep, because: Explanation) {
        if reminded < reminders {
            let text = LocalizedText(
                zhHans: "逾期未答复，第 \(reminded + 1) 次提醒（共 \(reminders) 次）",
                en: "No answer in time: reminder \(reminded + 1) of \(reminders)")
            return (.remind(reminded + 1), Explanation(rule: "consent.reminders", text: text))
        }
        let text =
            switch silence {
            case .ruling: LocalizedText(zhHans: "逾期未答复，由督办裁定", en: "No answer in time: a supervisor rules")
            case .agreed: LocalizedText(zhHans: "逾期未答复，视为同意", en: "No answer in time: it counts as agreed")
            case .declined: LocalizedText(zhHans: "逾期未答复，视为不同意", en: "No answer in time: it counts as declined")
            }
        return (.means(silence), Explanation(rule: "consent.silence", text: text))
    }

    /// True when so many declined proposals lead to a ruling instead of one more proposal (K12, M17).
    package func isRulingDue(afterDeclines declines: Int) -> Bool { declines >= rounds }
}

/// What a callback's answer leads to (K14, K15, W12, S11).
package enum CallbackVerdict: Hashable, Sendable {
    case satisfied
    /// Whoever calls talks with the customer first (K15).
    case soothe
    /// Back to the responsible department.
    case rework(ReworkTerms.Target)
    /// So often that it goes up a level.
    case raise
}

extension PolicyPack {
    /// Decides on a callback's answer.
    ///
    /// - Parameters:
    ///   - soothed: True when the customer was talked with after an earlier dissatisfied answer of this round.
    ///   - reworks: How often it was handled again before.
    package func verdict(
        solved: Bool, satisfaction: Int, soothed: Bool, reworks: Int
    ) -> (verdict: CallbackVerdict, because: Explanation) {
        let facts = [
            "solved": solved ? "✓" : "✗", "satisfaction": String(satisfaction), "reworks": String(reworks),
        ]
        func because(_ rule: String, _ zhHans: String, _ english: String) -> Explanation {
            Explanation(rule: rule, text: LocalizedText(zhHans: zhHans, en: english), facts: facts)
        }
        if solved, satisfaction >= callback.satisfiedFrom {
            return (
                .satisfied,
                because(
                    "callback.satisfiedFrom", "问题已解决，满意度 \(satisfaction) 不低于 \(callback.satisfiedFrom)",
                    "solved, and a satisfaction of \(satisfaction) is at least \(callback.satisfiedFrom)")
            )
        }
        if callback.sootheFirst, !soothed {
            return (
                .soothe,
                because(
                    "callback.sootheFirst", "客户不满意，先主动沟通、争取谅解",
                    "dissatisfied: whoever calls talks with the customer first")
            )
        }
        if reworks >= rework.raiseAfter {
            return (
                .raise,
                because(
                    "rework.raiseAfter", "已返工 \(reworks) 次仍不满意，上报上一级",
                    "still dissatisfied after \(reworks) reworks: it goes up a level")
            )
        }
        return (
            .rework(rework.returnsTo),
            because("rework.returnsTo", "客户不满意，退回责任部门重新处理", "dissatisfied: back to the responsible department")
        )
    }

    /// Why a person may not call a customer back; nil when they may.
    ///
    /// - Parameter handlers: Sign-in names of everybody who handled the complaint.
    package func refusalOfCallback(by person: String, handlers: Set<String>) -> LocalizedText? {
        guard callback.notByHandler, handlers.contains(person) else { return nil }
        return LocalizedText(
            zhHans: "\(person) 经办过此投诉，回访须由他人进行", en: "\(person) handled this complaint: somebody else calls back")
    }

    /// When to try again after an attempt that reached nobody; nil when there were enough.
    package func nextAttempt(after attempts: Int, at last: Date) -> Date? {
        guard attempts < callback.attempts else { return nil }
        return callback.spacing.map { calendar.due(from: last, within: $0).dueAt } ?? last
    }

    /// When the callback may begin and by when it must be done, after completion.
    package func callbackWindow(completedAt: Date) -> (from: Date, dueAt: Date, because: LocalizedText) {
        let due = calendar.due(from: completedAt, within: callback.within)
        let from = callback.notBefore.map { calendar.due(from: completedAt, within: $0).dueAt } ?? completedAt
        return (min(from, due.dueAt), due.dueAt, due.explanation)
    }

    /// True when the next assignment after so many returns is a ruling (强制裁定).
    package func isRulingDue(afterReturns returns: Int) -> Bool { returns >= self.returns.rulingAfter }
}
