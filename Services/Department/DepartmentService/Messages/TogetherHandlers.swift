import Contracts
import Foundation
import Messaging
import Persistence

/// Complaints that are handled together (群诉; S16).
enum TogetherHandlers {
    static func grouped(_ unit: UnitOfWork, _ message: Message<ComplaintGrouped>) throws -> Outcome {
        let number = try NoticeHandling.number(of: message)
        guard let lead = TicketNumber(message.payload.group) else {
            throw HandlingInterruption.park(FailureReason(.schema, "the group names no complaint", place: "/group"))
        }
        return try TogetherTable.put(number, under: lead, in: unit.db) ? .handled : .duplicate
    }
}

extension WorkOrders {
    /// Does about the members of a group what was done about its leading complaint, as far as each stands where it can be.
    static func mirror(_ command: WorkCommand, from lead: WorkOrder, by actor: Actor, in unit: UnitOfWork) throws {
        for number in try TogetherTable.members(under: lead.number, in: unit.db) {
            guard var member = try find(number, in: unit.db), member.state.isOpen else { continue }
            for step in lead.mirrored(command, on: member) {
                guard let decision = try? member.decide(step, by: actor, at: unit.now), !decision.isUnchanged else {
                    continue
                }
                try apply(decision, in: unit)
                member = decision.order
            }
        }
    }
}
