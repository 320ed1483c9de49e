import Contracts
import Foundation
import Procedure

/// What a solution still waits for before the customer hears of it. Rules K08, K09, M15.
package enum Wait: Hashable, Sendable {
    case opinion(DepartmentID)
    /// A sign-in name.
    case participation(String)
    case approval(ApprovalRequest)
}

/// Somebody who has to take part in the handling group, and whether they confirmed it. Rule K08.
package struct Participant: Hashable, Sendable {
    /// A sign-in name.
    package var person: String
    package var joinedAt: Date?

    package init(person: String, joinedAt: Date? = nil) {
        self.person = person
        self.joinedAt = joinedAt
    }
}

extension WorkOrder {
    /// The approvals that the solution still needs, the next one first.
    package var pendingApprovals: [ApprovalNeed] {
        guard case .awaitingApproval(let solution, _) = stage else { return [] }
        return ApprovalRule.pending(solution, under: assignment.authority)
    }

    /// Who must take part and has not confirmed it.
    package var missingParticipants: [String] { participants.filter { $0.joinedAt == nil }.map(\.person) }

    /// True while the department owes the lead its opinion (K09).
    package var owesOpinion: Bool {
        guard role == .assisting else { return false }
        switch stage {
        case .assigned, .opinionDue: return assignment.group?.opinionsOwed ?? true || opinionQuestion != nil
        default: return false
        }
    }

    /// What the next step of the procedure waits for besides the department's own work.
    package var waits: [Wait] {
        switch stage {
        case .assigned where owesOpinion, .opinionDue where owesOpinion:
            [.opinion(department)] + missingParticipants.map(Wait.participation)
        case .assigned, .investigating, .investigated, .refused, .declined, .opinionDue, .opinionGiven:
            missingOpinions.map(Wait.opinion) + missingParticipants.map(Wait.participation)
        case .awaitingApproval: pendingApprovals.map { .approval($0.request) }
        case .proposed, .carryingOut, .implemented, .closed, .returned, .cancelled: []
        }
    }

    /// Who is asked for something now, by sign-in name; `Wait.head` for the department's head.
    package var awaited: Set<String> {
        let approver = pendingApprovals.first.map { $0.approver ?? Wait.head }
        let isOver = [.closed, .returned, .cancelled].contains(state)
        return Set((isOver ? [] : missingParticipants) + [approver].compactMap(\.self))
    }

    /// Everybody whom the case names beyond the department's own people, and who may therefore look at it: who decides, and
    /// the first responsible person (第一责任人, S03), who may work elsewhere.
    package var named: Set<String> {
        guard role == .lead, let owner = assignment.owner else { return deciders }
        return deciders.union([owner])
    }

    /// Who approves, and the top management in the group.
    package var deciders: Set<String> {
        guard role == .lead else { return [] }
        let approvers = pendingApprovals.compactMap(\.approver) + (stage.solution?.approvals ?? []).map(\.by)
        return Set(approvers + (assignment.group?.management ?? []))
    }
}

extension Wait {
    /// Stands for whoever heads the department: no sign-in name has a star in it.
    package static let head = "*head"
}
