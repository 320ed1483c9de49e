import Contracts
import Messaging
import Persistence

/// What Operations listens to: the other services' counts.
enum OperationsSubscriptions {
    static let all: [Subscription<UnitOfWork>] = [
        Subscription(LedgerCounted.self) { unit, message in
            guard LedgerName(rawValue: message.payload.ledger) != nil else {
                throw HandlingInterruption.rejected("'\(message.payload.ledger)' is not a ledger")
            }
            try LedgerVerbs.record(message, in: unit)
            return .handled
        }
    ]
}
