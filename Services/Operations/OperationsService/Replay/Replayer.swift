import Foundation
import Logging
import Messaging
import Persistence
import ServiceLifecycle

/// Publishes staged letters to the one work queue that each of them failed on, no faster than it is told, and resolves
/// those that did not come back.
///
/// It publishes, then writes down what the broker said. A crash in between leaves the letter staged, and it is published
/// again with the same id: the consumer's inbox makes that harmless. One letter that cannot be published holds up nobody.
struct Replayer: Service {
    let store: OperationsStore
    let publisher: any MessagePublisher
    let clock: any TimeSource
    let logger: Logger
    /// Letters a second.
    let rate: Int
    /// By the service's clock, in seconds.
    let quietPeriod: TimeInterval

    private static let rounds = 5

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await replayLoop() }
                group.addTask { await resolveLoop() }
                await group.waitForAll()
            }
        }
    }

    private func replayLoop() async {
        while !Task.isCancelled {
            do {
                try await publisher.waitUntilReady()
                if try await replayOnce(limit: max(1, rate / Self.rounds)) > 0 {
                    try await Task.sleep(for: .seconds(1) / Self.rounds)
                } else {
                    await store.stagedSignal.wait()
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error("Letters cannot be replayed", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Publishes some staged letters and records their fate. Returns how many there were.
    func replayOnce(limit: Int) async throws -> Int {
        let letters = try await store.staged(limit: limit, at: clock.now())
        guard !letters.isEmpty else { return 0 }
        var results: [(letter: StagedLetter, result: PublishResult)] = []
        var publications: [(letter: StagedLetter, publication: Publication)] = []
        for letter in letters {
            guard let consumer = ConsumerName(text: letter.consumer) else {
                results.append((letter, .unsendable("'\(letter.consumer)' is not a consumer")))
                continue
            }
            let destination = Destination(exchange: consumer.exchange, routingKey: ConsumerName.workKey)
            publications.append((letter, Publication(letter.message, to: destination)))
        }
        let fates = await publisher.publish(publications.map(\.publication))
        results += zip(publications, fates).map { ($0.letter, $1) }
        try await store.record(results)
        for (letter, result) in results where result != .confirmed {
            logger.warning("A replay was not confirmed", metadata: ["letter": "\(letter.id)", "result": "\(result)"])
        }
        return letters.count
    }

    /// Wakes the replays that were put off, and looks for those that have been quiet for long enough.
    private func resolveLoop() async {
        while !Task.isCancelled {
            do {
                _ = try await resolveOnce()
            } catch {
                logger.error("Replayed letters cannot be resolved", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(1))
            store.stagedSignal.raise()
        }
    }

    func resolveOnce() async throws -> Int {
        try await store.resolveQuiet(since: clock.now().addingTimeInterval(-quietPeriod))
    }
}
