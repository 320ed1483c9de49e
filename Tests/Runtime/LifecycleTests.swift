import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Runtime

@Suite struct LifecycleTests {
    private final class Journal: Sendable {
        private let entries = Mutex<[String]>([])
        func add(_ entry: String) { entries.withLock { $0.append(entry) } }
        var all: [String] { entries.withLock { $0 } }
    }

    /// Runs until it is told to stop, and says so.
    private struct Part: Service {
        let name: String
        let journal: Journal
        let started: AsyncStream<Void>.Continuation

        func run() async throws {
            started.yield()
            try? await gracefulShutdown()
            journal.add(name)
        }
    }

    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func whatDependsStopsBeforeWhatItDependsOn() async throws {
        let journal = Journal()
        let (stream, started) = AsyncStream<Void>.makeStream()
        let names = ["database", "relay", "consumer", "http"]
        let group = ServiceRunner.group(
            names.map { Part(name: $0, journal: journal, started: started) }, logger: quiet, end: { _ in })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var waiting = names.count
            for await _ in stream {
                waiting -= 1
                if waiting == 0 { break }
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(journal.all == names.reversed())
    }

    @Test func aStopThatTakesTooLongIsEnded() async throws {
        let (ended, end) = AsyncStream<Int32>.makeStream()
        let (stream, started) = AsyncStream<Void>.makeStream()
        let stuck = AsyncStream<Void>.makeStream()
        struct Stuck: Service {
            let started: AsyncStream<Void>.Continuation
            let until: AsyncStream<Void>
            func run() async throws {
                started.yield()
                // Deaf to shutdown and to cancellation.
                await Task { for await _ in until {} }.value
            }
        }
        let group = ServiceRunner.group(
            [Stuck(started: started, until: stuck.stream)], logger: quiet, limit: .milliseconds(1100),
            end: {
                end.yield($0)
                end.finish()
            })
        let running = Task { try await group.run() }
        for await _ in stream { break }
        await group.triggerGracefulShutdown()
        var codes: [Int32] = []
        for await code in ended { codes.append(code) }
        #expect(codes == [0])
        stuck.continuation.finish()
        _ = await running.result
    }

    @Test func failuresAreReportedOnOneLineWithACode() {
        struct Odd: Error, CustomStringConvertible { let description = "bad\nthing at amqp://u:geheim@h" }
        let known = StartupReport(CannotStart("the policy pack is missing", exitCode: 78), service: "redress-routing")
        #expect(known.text == "redress-routing: the policy pack is missing")
        #expect(known.exitCode == 78)
        let odd = StartupReport(Odd(), service: "redress-routing")
        #expect(odd.text == "redress-routing: cannot start: bad thing at amqp://u:(hidden)@h")
        #expect(odd.exitCode == 70)
    }
}
