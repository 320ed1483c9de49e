import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import TestSupport

@testable import OperationsService

/// A store of Operations in a folder of its own, with a clock that is moved by hand.
struct TestStore {
    let folder: TemporaryFolder
    let clock = ManualClock()
    let database: ServiceDatabase
    let store: OperationsStore

    init() throws {
        folder = try TemporaryFolder()
        database = try Self.open(folder, clock)
        store = OperationsStore(database)
    }

    /// The same file opened once more, as after a restart.
    func reopened() throws -> OperationsStore { OperationsStore(try Self.open(folder, clock)) }

    private static func open(_ folder: TemporaryFolder, _ clock: ManualClock) throws -> ServiceDatabase {
        try ServiceDatabase(
            path: folder.path("operations.sqlite"), source: "redress/operations", clock: clock,
            migrate: OperationsMigrations.register)
    }

    func replayer(_ publisher: any MessagePublisher, store: OperationsStore? = nil) -> Replayer {
        Replayer(
            store: store ?? self.store, publisher: publisher, clock: clock, logger: quietLogger, rate: 50,
            quietPeriod: 60)
    }

    /// Parks a message and returns its letter's id.
    @discardableResult
    func park(_ message: WireMessage, consumer: ConsumerName = .routing) async throws -> Int64 {
        let parked = ParkedMessage(message, consumer: consumer)
        try await store.park([parked])
        let page = try await store.letters(LetterFilter(consumer: consumer.text), limit: 1000)
        guard let letter = page.letters.first(where: { $0.messageID == parked.messageID }) else { throw NotStored() }
        return letter.id
    }

    struct NotStored: Error {}

    func state(_ id: Int64) async throws -> LetterState { try await store.letter(id).summary.state }
}

let quietLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Messages as consumers park them.
enum Samples {
    static func complaint(channel: String = "web") -> ComplaintReceived {
        ComplaintReceived(
            complaint: Complaint(
                channel: channel, kind: .complaint, heardAt: Date(timeIntervalSince1970: 1_795_000_000),
                registeredAt: Date(timeIntervalSince1970: 1_795_000_000),
                complainant: Complainant(name: "王芳", phone: "13800001234"), narrative: "送来的箱子是空的。"),
            trackingCodeHash: "00")
    }

    static func received(_ n: Int = 1, id: UUID = UUID(), channel: String = "web") throws -> WireMessage {
        try TestMessages.wire(
            complaint(channel: channel), about: TestMessages.number(n), id: id, source: "redress/intake/01")
    }

    /// As the consumer's loop parks it, at a time and with a reason.
    static func parked(
        _ message: WireMessage, by consumer: ConsumerName = .routing,
        reason: FailureReason = FailureReason(.rejected, "not allowed", place: "here"), attempt: Int = 1,
        at seconds: TimeInterval = 1_795_000_100
    ) -> WireMessage {
        FailureHeaders.failed(
            TestMessages.delivery(message, queue: consumer.workQueue), reason: reason, consumer: consumer,
            nextAttempt: attempt, at: Date(timeIntervalSince1970: seconds))
    }
}
