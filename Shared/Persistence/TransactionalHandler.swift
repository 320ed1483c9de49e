import Contracts
import Foundation
import GRDB
import Logging
import Messaging

/// Handles a batch in one transaction: for each message a savepoint, in it the inbox, the handler, and the outbox.
/// A message that fails rolls back to its savepoint alone.
package struct TransactionalHandler: BatchHandler {
    private let database: ServiceDatabase
    private let table: SubscriptionTable<UnitOfWork>
    private let logger: Logger

    package init(_ database: ServiceDatabase, _ subscriptions: [Subscription<UnitOfWork>], logger: Logger) {
        self.database = database
        self.table = SubscriptionTable(subscriptions)
        self.logger = logger
    }

    package func handle(_ batch: [WireMessage]) async throws -> [Outcome] {
        try await database.write { unit in try batch.map { try handle($0, in: unit) } }
    }

    private func handle(_ message: WireMessage, in unit: UnitOfWork) throws -> Outcome {
        do {
            return try unit.inSavepoint { try admitAndHandle(message, in: unit) }
        } catch let interruption as HandlingInterruption {
            switch interruption {
            case .retry(let reason): return .retry(reason)
            case .park(let reason): return .park(reason)
            }
        } catch let error as DatabaseError where error.isOutOfOrder {
            // Not the message's fault: nothing of the batch is kept, and all of it is tried again.
            throw error
        } catch {
            logger.error(
                "A handler failed", metadata: ["id": "\(message.messageID ?? "-")", "error": "\(error)"])
            return .retry(FailureReason(.unexpected, "\(error)", place: "\(type(of: error))"))
        }
    }

    private func admitAndHandle(_ message: WireMessage, in unit: UnitOfWork) throws -> Outcome {
        let id = message.headers[EnvelopeCoding.Header.id]?.text ?? message.messageID ?? ""
        let type = message.headers[EnvelopeCoding.Header.type]?.text ?? ""
        // Ids are compared as the publisher wrote them, but case does not make another message.
        if !id.isEmpty, try !Inbox.admit(id.lowercased(), type: type, at: unit.now, in: unit.db) { return .duplicate }
        switch try table.handle(message, in: unit) {
        case .handled: return .handled
        case .duplicate: return .duplicate
        case .retry(let reason): throw HandlingInterruption.retry(reason)
        case .park(let reason): throw HandlingInterruption.park(reason)
        }
    }
}

extension DatabaseError {
    /// True when the store cannot work now, whatever is asked of it.
    fileprivate var isOutOfOrder: Bool {
        switch resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY, .SQLITE_CORRUPT,
            .SQLITE_NOMEM,
            .SQLITE_CANTOPEN, .SQLITE_NOTADB:
            true
        default:
            false
        }
    }
}
