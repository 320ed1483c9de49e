import Foundation
import Logging
import Messaging
import Metrics
import Persistence
import ServiceLifecycle

/// Watches over all clocks (时限): sleeps until the first of them has something to say, however many there are, and has it
/// said. Clocks are in the store with the instant of what comes next, so that a restart forgets nothing.
///
/// What should have been said while Routing did not run waits a moment longer after its start: the news that stopped those
/// clocks in time may be in the queue, and nobody is to be urged for nothing.
struct Timekeeper: Service {
    /// How many clocks speak in one transaction; others that write are let in between.
    static let batch = 100

    let store: RoutingStore
    let firing: ClockFiring
    let time: any TimeSource
    let logger: Logger
    /// How long, in real time, what is late at the start waits for news.
    var settling = Duration.seconds(5)

    private var alarm: ClockAlarm { firing.work.alarm }

    init(
        _ store: RoutingStore, work: CaseWork, time: any TimeSource, logger: Logger,
        settling: Duration = .seconds(5)
    ) {
        self.store = store
        self.time = time
        self.logger = logger
        self.settling = settling
        firing = ClockFiring(work: work, logger: logger)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let began = time.now()
            await watch(notBefore: settling > .zero ? began : nil, for: settling)
            await watch(notBefore: nil, for: nil)
        }
    }

    /// Has everything said that is due now.
    ///
    /// - Parameter earliest: Leaves out what should have been said before.
    /// - Returns: when there is something to say next; nil when no clock has anything to say.
    func look(notBefore earliest: Date? = nil) async throws -> Date? {
        while let next = try await store.nextClockInstant(notBefore: earliest) {
            guard next <= time.now() else { return next }
            let count = try await store.database.write { [firing] unit in
                try firing.fire(notBefore: earliest, limit: Self.batch, in: unit)
            }
            Counter(label: "redress_clocks_fired_total").increment(by: Int64(count))
        }
        return nil
    }

    private func watch(notBefore earliest: Date?, for duration: Duration?) async {
        let end = duration.map { ContinuousClock.now + $0 }
        while !Task.isCancelled, end.map({ ContinuousClock.now < $0 }) ?? true {
            do {
                alarm.getUp()
                await rest(until: try await look(notBefore: earliest), orReally: end)
            } catch {
                logger.error("The clocks cannot be watched", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Sleeps until an instant of the service's time, an instant of real time, or the alarm.
    private func rest(until next: Date?, orReally end: ContinuousClock.Instant?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [alarm] in await alarm.wait(until: next ?? .distantFuture) }
            if let next { group.addTask { [time] in try? await time.sleep(until: next) } }
            if let end { group.addTask { try? await ContinuousClock().sleep(until: end) } }
            await group.next()
            group.cancelAll()
        }
    }
}
