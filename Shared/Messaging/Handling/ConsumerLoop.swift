import Contracts
import Foundation
import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Takes what has arrived on a work queue, has it handled in one transaction, publishes what has to be retried or parked,
/// waits for the broker's confirmation, and only then acknowledges the batch.
///
/// Whatever fails in between, the broker delivers the batch again, and the inbox makes that harmless.
package struct ConsumerLoop: Service {
    package let name: ConsumerName
    let tiers: RetryTiers
    let consumer: any MessageConsumer
    let publisher: any MessagePublisher
    let handler: any BatchHandler
    let clock: any TimeSource
    let logger: Logger
    private let stopping = StopFlag()

    package init(
        name: ConsumerName, tiers: RetryTiers, consumer: any MessageConsumer, publisher: any MessagePublisher,
        handler: any BatchHandler, clock: any TimeSource, logger: Logger
    ) {
        self.name = name
        self.tiers = tiers
        self.consumer = consumer
        self.publisher = publisher
        self.handler = handler
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        try await withGracefulShutdownHandler {
            while let batch = try await consumer.nextBatch() { await settle(batch) }
        } onGracefulShutdown: {
            stopping.raise()
            Task { await consumer.stop() }
        }
    }

    /// One batch from delivery to acknowledgement.
    ///
    /// When the store or the broker is out of order the batch is kept and tried again here, not put back: each return to
    /// a quorum queue counts towards its delivery limit, and an outage must not park sound messages. Stopping gives up,
    /// and the broker delivers the batch to whoever comes next.
    package func settle(_ batch: DeliveryBatch) async {
        guard let outcomes = await handled(batch) else { return }
        guard await putAside(batch, outcomes: outcomes) else { return }
        await consumer.acknowledge(batch)
    }

    /// The outcomes of the batch; nil when stopping before the store took it.
    private func handled(_ batch: DeliveryBatch) async -> [Outcome]? {
        var backoff = Backoff()
        while !isStopping {
            let started = ContinuousClock.now
            do {
                let outcomes = try await believed(batch)
                count(outcomes, took: ContinuousClock.now - started)
                return outcomes
            } catch {
                logger.error(
                    "The store cannot take a batch; it is kept and tried again", metadata: ["error": "\(error)"])
                await backoff.pause()
            }
        }
        return nil
    }

    /// Hands on what is from whom it says to be; the rest is parked.
    private func believed(_ batch: DeliveryBatch) async throws -> [Outcome] {
        let objections = batch.deliveries.map(Provenance.objection)
        let believed = zip(batch.deliveries, objections).filter { $1 == nil }.map(\.0.message)
        var outcomes = (believed.isEmpty ? [] : try await handler.handle(believed))[...]
        return objections.compactMap { objection in objection.map(Outcome.park) ?? outcomes.popFirst() }
    }

    /// Publishes what is to be retried or parked. True when the broker has confirmed all of it, false when stopping.
    private func putAside(_ batch: DeliveryBatch, outcomes: [Outcome]) async -> Bool {
        var pending = zip(batch.deliveries, outcomes).compactMap { publication(for: $0, outcome: $1) }
        var backoff = Backoff()
        while !pending.isEmpty {
            let results = await publisher.publish(pending)
            pending = zip(pending, results).compactMap { publication, result in
                if result == .confirmed { return nil }
                logger.warning(
                    "Could not put a message aside yet",
                    metadata: ["key": "\(publication.destination.routingKey)", "result": "\(result)"])
                if case .unsendable = result { return publication.withoutForeignHeaders() }
                return publication
            }
            if pending.isEmpty { break }
            if isStopping { return false }
            await backoff.pause()
        }
        return true
    }

    private var isStopping: Bool { stopping.isRaised || Task.isCancelled }

    /// Where a message goes that was not handled; nil when it is done with.
    private func publication(for delivery: Delivery, outcome: Outcome) -> Publication? {
        switch outcome {
        case .handled, .duplicate:
            return nil
        case .park(let reason):
            return parked(delivery, reason)
        case .retry(let reason):
            let attempt = FailureHeaders.attempt(of: delivery.message)
            guard let delay = tiers.delay(afterAttempt: attempt) else { return parked(delivery, reason) }
            let message = FailureHeaders.failed(
                delivery, reason: reason, consumer: name, nextAttempt: attempt + 1, at: clock.now())
            return Publication(
                message, to: Destination(exchange: name.exchange, routingKey: ConsumerName.retryKey(delay)))
        }
    }

    private func parked(_ delivery: Delivery, _ reason: FailureReason) -> Publication {
        let attempt = FailureHeaders.attempt(of: delivery.message)
        logger.warning(
            "Parked a message",
            metadata: [
                "id": "\(delivery.message.messageID ?? "-")", "kind": "\(reason.kind.rawValue)",
                "reason": "\(reason.message)", "place": "\(reason.place)",
            ])
        let message = FailureHeaders.failed(
            delivery, reason: reason, consumer: name, nextAttempt: attempt, at: clock.now())
        return Publication(message, to: Destination(exchange: name.exchange, routingKey: ConsumerName.deadKey))
    }

    private func count(_ outcomes: [Outcome], took duration: Duration) {
        for outcome in outcomes {
            Counter(
                label: "redress_messages_handled_total",
                dimensions: [("consumer", name.text), ("outcome", outcome.word)]
            ).increment()
        }
        Metrics.Timer(label: "redress_batch_seconds", dimensions: [("consumer", name.text)])
            .recordNanoseconds(
                duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}

/// Raised once, when the loop is to stop.
private final class StopFlag: Sendable {
    private let raised = Mutex(false)
    var isRaised: Bool { raised.withLock { $0 } }
    func raise() { raised.withLock { $0 = true } }
}

extension Publication {
    /// The message without headers that are not ours: what has headers too large for a frame can still be parked.
    fileprivate func withoutForeignHeaders() -> Publication {
        var copy = self
        copy.message.headers = message.headers.filter { name, value in
            guard name.hasPrefix("redress-") || name.hasPrefix("cloudEvents_") else { return false }
            return (value.text?.utf8.count ?? 0) <= FailureHeaders.messageLimit
        }
        return copy
    }
}

extension Outcome {
    /// A stable word for metrics.
    package var word: String {
        switch self {
        case .handled: "handled"
        case .duplicate: "duplicate"
        case .retry: "retry"
        case .park: "park"
        }
    }
}
