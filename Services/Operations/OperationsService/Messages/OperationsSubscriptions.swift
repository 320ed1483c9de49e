import Contracts
import Messaging
import Persistence

/// What Operations listens to: the other services' counts.
enum OperationsSubscriptions {
    static let all: [Subscription<UnitOfWork>] = [
        Subscription(LedgerCounted.self) { unit, message in
            guard let ledger = LedgerName(rawValue: message.payload.ledger) else {
                throw HandlingInterruption.rejected("'\(message.payload.ledger)' is not a ledger")
            }
            guard Speaker(source: message.envelope.source)?.kind == ledger.keeper else {
                throw HandlingInterruption.rejected(
                    "\(message.envelope.source) does not keep the ledger '\(ledger.rawValue)'")
            }
            for entry in message.payload.entries where !(0...1_000_000_000).contains(entry.count) {
                throw HandlingInterruption.rejected("\(entry.day), \(entry.channel): \(entry.count) is no count")
            }
            try LedgerVerbs.record(message, in: unit)
            return .handled
        }
    ]
}
