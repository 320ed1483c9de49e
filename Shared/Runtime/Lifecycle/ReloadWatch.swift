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
        // Until the watch runs, the signal must not end the process.
        signal(SIGHUP, SIG_IGN)
    }

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
