import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Runtime

@Suite("Looking again", .serialized)
struct ReloadWatchTests {
    private final class Looks: Sendable {
        private let count = Mutex(0)
        func add() { count.withLock { $0 += 1 } }
        var seen: Int { count.withLock { $0 } }
    }

    /// Runs a watch until the condition holds, at most for five minutes.
    private func run(
        every interval: Duration, until isEnough: @escaping @Sendable (Looks) -> Bool,
        meanwhile: @escaping @Sendable () -> Void = {}
    ) async throws -> Int {
        let looks = Looks()
        let watch = ReloadWatch(every: interval) { looks.add() }
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: watch)], logger: Logger(label: "test")))
        let running = Task { try await group.run() }
        let deadline = ContinuousClock.now + .seconds(300)
        while !isEnough(looks), ContinuousClock.now < deadline {
            meanwhile()
            try await Task.sleep(for: .milliseconds(20))
        }
        await group.triggerGracefulShutdown()
        try await running.value
        return looks.seen
    }

    @Test("It looks every so often, and ends with the service")
    func ticks() async throws {
        #expect(try await run(every: .milliseconds(10)) { $0.seen >= 3 } >= 3)
    }

    @Test("SIGHUP has it look at once, and does not end the process")
    func hangUp() async throws {
        let looks = try await run(every: .seconds(3600)) {
            $0.seen >= 1
        } meanwhile: {
            kill(getpid(), SIGHUP)
        }
        #expect(looks >= 1)
    }
}
