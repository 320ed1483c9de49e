import Contracts
import Foundation

/// Several complaints, one handling (群诉; S16): what a person does about the leading complaint is done about those that
/// are handled together with it. Each keeps its own work order, so that each customer gets the proposal, answers for
/// themselves, and has their complaint closed by itself.
extension WorkOrder {
    /// The commands that bring a member to where the lead has come by `command`, in order. What the member's own standing
    /// does not allow is left out by whoever carries them out.
    ///
    /// - Parameter member: as it stands.
    func mirrored(_ command: WorkCommand, on member: WorkOrder) -> [WorkCommand] {
        switch command {
        case .acknowledge, .join, .report, .complete, .implement:
            return [command]
        case .plan, .collect, .investigate:
            return [.acknowledge, command]
        case .draft:
            // A member that joined late has not been investigated: what was found is the same.
            let found = member.investigation == nil ? investigation.map { WorkCommand.investigate($0.found) } : nil
            return [.acknowledge] + [found].compactMap(\.self) + [command]
        case .approve(let vote):
            return [.approve(vote.about(member.stage.solution))]
        case .refuse(let reason, let vote):
            return [.refuse(reason: reason, vote.about(member.stage.solution))]
        case .giveBack, .ask, .consult, .advise:
            // Given back is the lead's case, and with it the group; a customer is asked about their own complaint.
            return []
        }
    }
}

extension ApprovalVote {
    /// The same vote about another complaint's solution, whose versions count by themselves.
    fileprivate func about(_ solution: Solution?) -> ApprovalVote {
        var vote = self
        if version != nil { vote.version = solution?.version }
        return vote
    }
}
