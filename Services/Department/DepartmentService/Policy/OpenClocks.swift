import Contracts
import Foundation

/// Which of a case's deadlines still run: those that it came with, and those that have started since. The end of the
/// complaint ends its work order too.
package enum OpenClocks {
    /// The deadlines that are still to be met, the most pressing first.
    package static func of(_ order: WorkOrder) -> [Deadline] {
        guard order.state.isOpen else { return [] }
        let running = order.assignment.deadlines.filter(order.clocks.runs)
        return (running + promise(order.stage)).sorted { ($0.dueAt, $0.clock) < ($1.dueAt, $1.clock) }
    }

    /// What the customer was promised is a deadline from the moment they agreed (M16).
    private static func promise(_ stage: WorkStage) -> [Deadline] {
        guard case .carryingOut(let solution, _) = stage else { return [] }
        return [
            Deadline(
                clock: "promise", title: LocalizedText(zhHans: "承诺完成", en: "Promised"),
                startedAt: solution.draftedAt, dueAt: solution.completionDue,
                explanation: LocalizedText(
                    zhHans: "第 \(solution.version) 版方案向客户承诺的完成时间",
                    en: "Promised to the customer by version \(solution.version) of the solution"),
                stops: ["solution.implemented"])
        ]
    }
}
