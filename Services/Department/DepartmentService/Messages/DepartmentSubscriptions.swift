import Contracts
import Messaging
import Persistence

/// What a department listens to: only what is for it.
package enum DepartmentSubscriptions {
    package static func all(for department: DepartmentID) -> [Subscription<UnitOfWork>] {
        [
            on(CaseAssigned.self, department, CaseHandlers.assigned),
            on(CaseCancelled.self, department, CaseHandlers.cancelled),
            on(CaseUrged.self, department, CaseHandlers.urged),
            on(CaseEscalated.self, department, CaseHandlers.escalated),
            on(DeadlineMoved.self, department, CaseHandlers.deadlineMoved),
            on(OpinionRequested.self, department, OpinionHandlers.requested),
            on(OpinionGiven.self, department, OpinionHandlers.given),
            on(CaseJoined.self, department, OpinionHandlers.joined),
            on(SolutionAccepted.self, department, CustomerHandlers.accepted),
            on(SolutionDeclined.self, department, CustomerHandlers.declined),
            on(SolutionDisputed.self, department, CustomerHandlers.disputed),
            on(SolutionRuled.self, department, CustomerHandlers.ruled),
            on(InformationProvided.self, department, CustomerHandlers.provided),
            on(ReworkOrdered.self, department, CustomerHandlers.reworkOrdered),
            on(ComplaintClosed.self, department, CustomerHandlers.closed),
            on(EmergencyCalled.self, department, EmergencyHandlers.called),
            on(ComplaintGrouped.self, department, TogetherHandlers.grouped),
            on(RectificationOrdered.self, department, RectificationHandlers.ordered),
            on(RectificationReturned.self, department, RectificationHandlers.returned),
            on(RectificationClosed.self, department, RectificationHandlers.closed),
            on(CaseDistributed.self, department, LessonHandlers.distributed),
        ]
    }

    /// A line of the list. The queue is bound to what is for this department; a message that says otherwise about itself
    /// is for a person to look at, because whatever followed from it would be said in another department's name.
    private static func on<Payload: Event>(
        _ type: Payload.Type, _ department: DepartmentID,
        _ handle: @escaping @Sendable (UnitOfWork, Message<Payload>) throws -> Outcome
    ) -> Subscription<UnitOfWork> {
        Subscription(type, for: department) { unit, message in
            guard message.payload.routedDepartment == department else {
                let other = message.payload.routedDepartment?.text ?? "none"
                throw HandlingInterruption.rejected(
                    "it is for the department \(other), and this is \(department)", place: Payload.type.name)
            }
            return try handle(unit, message)
        }
    }
}
