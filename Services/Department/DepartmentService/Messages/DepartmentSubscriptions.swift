import Contracts
import Messaging
import Persistence

/// What a department listens to: only what is for it.
package enum DepartmentSubscriptions {
    package static func all(for department: DepartmentID) -> [Subscription<UnitOfWork>] {
        [
            Subscription(CaseAssigned.self, for: department, handle: CaseHandlers.assigned),
            Subscription(CaseCancelled.self, for: department, handle: CaseHandlers.cancelled),
            Subscription(CaseUrged.self, for: department, handle: CaseHandlers.urged),
            Subscription(CaseEscalated.self, for: department, handle: CaseHandlers.escalated),
            Subscription(OpinionRequested.self, for: department, handle: OpinionHandlers.requested),
            Subscription(OpinionGiven.self, for: department, handle: OpinionHandlers.given),
            Subscription(SolutionAccepted.self, for: department, handle: CustomerHandlers.accepted),
            Subscription(SolutionDeclined.self, for: department, handle: CustomerHandlers.declined),
            Subscription(InformationProvided.self, for: department, handle: CustomerHandlers.provided),
            Subscription(ReworkOrdered.self, for: department, handle: CustomerHandlers.reworkOrdered),
            Subscription(ComplaintClosed.self, for: department, handle: CustomerHandlers.closed),
        ]
    }
}
