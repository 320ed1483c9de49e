import Contracts
import Messaging
import Persistence
import Runtime

/// What Reporting listens to: everything. Every event of a complaint becomes part of its ticket.
enum ReportingSubscriptions {
    /// - Parameter packs: Keeps the packs that Routing judges by; absent where there is one for everything.
    static func all(_ store: ReportingStore, packs: PolicyKeeper? = nil) -> [Subscription<UnitOfWork>] {
        let policies = Subscription(PolicyAdopted.self) { (unit: UnitOfWork, message: Message<PolicyAdopted>) in
            try packs?.hear(message, in: unit) ?? .handled
        }
        return TicketEvent.kinds.map { record($0, in: store) } + [ledger, policies]
    }

    private static func record<Kind: TicketEventKind>(
        _ kind: Kind, in store: ReportingStore
    ) -> Subscription<UnitOfWork> {
        let wrap = kind.wrap
        return Subscription(Kind.Payload.self) { (unit: UnitOfWork, message: Message<Kind.Payload>) in
            try store.record(message, as: wrap(message.payload), in: unit)
        }
    }

    /// The services' own counts are about no complaint, and Operations compares them; they are taken off the queue here
    /// because it is bound to everything.
    private static var ledger: Subscription<UnitOfWork> {
        Subscription(LedgerCounted.self) { (_: UnitOfWork, _: Message<LedgerCounted>) in .handled }
    }
}
