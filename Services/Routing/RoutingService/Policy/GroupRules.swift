import Contracts

/// Several complaints, one handling (群诉, S16): when complaints may be handled together, and what the others do when the
/// leading one moves on.
enum GroupRules {
    /// Why complaints cannot be handled together.
    enum Rejection: Error, Hashable, Sendable {
        /// One of them has ended, or is with the customer already.
        case notOpen(TicketNumber)
        /// One of them belongs to another group.
        case inAnotherGroup(TicketNumber)
        /// An enquiry or suggestion is answered by itself.
        case notAComplaint(TicketNumber)
        /// There is nobody to be handled together with.
        case alone
    }

    /// - Returns: the members to be added, each once.
    static func members(
        of lead: ComplaintRecord, adding others: [ComplaintRecord]
    ) throws(Rejection) -> [ComplaintRecord] {
        try check(lead, under: lead.number)
        var added: [ComplaintRecord] = []
        for other in others where other.number != lead.number && !added.contains(where: { $0.number == other.number }) {
            if other.groupLead == lead.number { continue }
            try check(other, under: lead.number)
            added.append(other)
        }
        if added.isEmpty { throw .alone }
        return added
    }

    private static func check(_ record: ComplaintRecord, under lead: TicketNumber) throws(Rejection) {
        if let group = record.groupLead, group != lead { throw .inAnotherGroup(record.number) }
        switch record.complaint.kind {
        case .enquiry, .suggestion: throw .notAComplaint(record.number)
        case .complaint, .warning: break
        }
        switch record.file.state {
        case .awaitingJudgement, .awaitingAnswer, .awaitingAssignment: return
        case .handling(let handling):
            switch handling.phase {
            case .awaitingAcknowledgement, .investigating, .awaitingApproval, .revising: return
            case .proposed, .implementing, .callback: throw .notOpen(record.number)
            }
        case .settled, .answered, .explaining, .closed, .withdrawn, .merged: throw .notOpen(record.number)
        }
    }

    /// What a member does so that it is handled with the leading complaint, in order.
    static func following(_ lead: Handling, _ member: RoutingState) -> [RoutingEvent] {
        let assign = RoutingEvent.assigned(lead: lead.lead, assisting: [], bySupervisor: true)
        switch member {
        case .awaitingJudgement, .awaitingAnswer: return [.judgedValid, assign]
        case .awaitingAssignment: return [assign]
        case .handling(let handling):
            guard handling.lead != lead.lead else { return [] }
            switch handling.phase {
            case .awaitingAcknowledgement, .investigating, .awaitingApproval, .revising: return [assign]
            case .proposed, .implementing, .callback: return []
            }
        case .settled, .answered, .explaining, .closed, .withdrawn, .merged: return []
        }
    }
}
