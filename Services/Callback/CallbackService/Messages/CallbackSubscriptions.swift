import Contracts
import Foundation
import Messaging
import Persistence
import Runtime

/// Everything that Callback listens to.
package struct CallbackSubscriptions: Sendable {
    let policy: CasePolicy
    /// Keeps the packs that Routing judges by; absent where there is one for everything.
    let packs: PolicyKeeper?

    package init(rules: CallbackRules, packs: PolicyKeeper? = nil) {
        policy = CasePolicy(rules)
        self.packs = packs
    }

    package var all: [Subscription<UnitOfWork>] {
        [
            Subscription(ComplaintReceived.self, handle: received),
            Subscription(ComplaintSupplemented.self, handle: supplemented),
            Subscription(ComplaintChased.self, handle: chased),
            Subscription(ComplaintWithdrawn.self, handle: withdrawn),

            Subscription(ComplaintAccepted.self, handle: accepted),
            Subscription(ComplaintRejected.self, handle: rejected),
            Subscription(ComplaintAnswered.self, handle: answered),
            Subscription(ComplaintMerged.self, handle: merged),
            Subscription(ComplaintGrouped.self, handle: grouped),
            Subscription(CaseAssigned.self, handle: assigned),

            Subscription(CaseAcknowledged.self, handle: acknowledged),
            Subscription(CaseReturned.self, handle: returned),
            Subscription(CaseInvestigated.self, handle: investigated),
            Subscription(CaseProgressed.self, handle: progressed),
            Subscription(InformationRequested.self, handle: informationRequested),
            Subscription(SolutionDrafted.self, handle: drafted),
            Subscription(SolutionApproved.self, handle: approved),
            Subscription(SolutionRefused.self, handle: refused),
            Subscription(SolutionProposed.self, handle: proposed),
            Subscription(SolutionImplemented.self, handle: implemented),

            Subscription(PolicyAdopted.self) { [packs] unit, message in try packs?.hear(message, in: unit) ?? .handled
            },
        ]
    }

    /// The complaint that a message is about.
    /// - Throws: `HandlingInterruption` when the message is about none, or about one that is not known here yet.
    func keeper(
        _ unit: UnitOfWork, _ envelope: Envelope, place: String = #function
    ) throws -> CaseKeeper {
        let number = try subject(of: envelope, place: place)
        do {
            return try CaseKeeper(number, in: unit, policy: policy)
        } catch is UnknownComplaint {
            throw HandlingInterruption.unknownComplaint(number, place: place)
        }
    }

    func subject(of envelope: Envelope, place: String = #function) throws -> TicketNumber {
        guard let number = envelope.subject else {
            throw HandlingInterruption.rejected("the message names no complaint", place: place)
        }
        return number
    }

    /// Takes an event as far as the procedure allows it.
    /// - Throws: `HandlingInterruption` for a rejection.
    @discardableResult
    func take(
        _ event: CaseEvent, _ keeper: inout CaseKeeper, because cause: Envelope, noting notes: [TimelineRecord],
        place: String = #function
    ) throws -> CaseDecision {
        do {
            return try keeper.take(event, because: cause, noting: notes)
        } catch Rejection.premature(let reason) {
            throw HandlingInterruption.premature("\(keeper.number): \(reason)", place: place)
        } catch Rejection.notAllowed(let reason) {
            throw HandlingInterruption.rejected("\(keeper.number): \(reason)", place: place)
        }
    }
}
