import Foundation
import ServiceLifecycle
import UnixSignals

/// Looks again at what may have changed while the service runs: when the process gets SIGHUP, and every few seconds, so
/// that a changed file is noticed without anybody's telling.
package struct ReloadWatch: Service {
    private let interval: Duration
    private let look: @Sendable () async -> Void

    /// - Parameters:
    ///   - interval: In real time, whatever the service's clock says.
    ///   - look: Looks, and does what follows; is quick when nothing has changed. It runs once at a time.
    package init(every interval: Duration = .seconds(2), look: @escaping @Sendable () async -> Void) {
        self.interval = interval
        self.look = look
        Self.ignoreSignal()
    }

    /// Has SIGHUP not end the process: until a watch runs, and where there is nothing to look at again. It is ignored once
    /// and not again, for that would take the signal away from a watch that runs.
    static func ignoreSignal() { _ = ignored }

    private static let ignored: Void = { _ = signal(SIGHUP, SIG_IGN) }()

    package func run() async throws {
        let (moments, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in hangUps { continuation.yield() } }
            group.addTask { [interval] in
                while (try? await Task.sleep(for: interval)) != nil { continuation.yield() }
            }
            for await _ in moments.cancelOnGracefulShutdown() { await look() }
            group.cancelAll()
        }
    }
}
