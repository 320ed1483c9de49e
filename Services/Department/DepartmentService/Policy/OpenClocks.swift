import Contracts
import Foundation

/// Which of a case's deadlines still run. A clock runs until one of the events that stop it has happened here; the
/// department knows no others, and the end of the complaint ends its work order too.
package enum OpenClocks {
    /// The deadlines that are still to be met, the most pressing first.
    package static func of(_ order: WorkOrder) -> [Deadline] {
        guard order.state.isOpen else { return [] }
        let happened = events(before: order.stage, round: order.round, investigated: order.investigation != nil)
        let running = order.assignment.deadlines
            .filter { deadline in !(deadline.stops ?? []).contains { happened.contains($0) } }
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

    /// The events of this department that must have happened for a work order to be where it is.
    static func events(before stage: WorkStage, round: Int, investigated: Bool) -> Set<String> {
        let signed: Set = ["case.acknowledged"]
        let proposed = signed.union(["case.investigated", "solution.drafted", "solution.proposed"])
        let carried = proposed.union(["solution.accepted", "solution.completed", "solution.implemented"])
        let earlier: Set<String> = round > 1 ? carried : []
        let found: Set<String> = investigated ? ["case.investigated"] : []
        let here: Set<String> =
            switch stage {
            case .assigned: []
            case .investigating, .opinionDue: signed
            case .investigated: signed.union(["case.investigated"])
            case .awaitingApproval, .refused: signed.union(["case.investigated", "solution.drafted"])
            case .proposed, .declined: proposed
            case .carryingOut(_, nil): proposed.union(["solution.accepted"])
            case .carryingOut: proposed.union(["solution.accepted", "solution.completed"])
            case .implemented: carried
            case .opinionGiven: signed.union(["opinion.given"])
            case .closed, .returned, .cancelled: []
            }
        return here.union(earlier).union(found)
    }
}
