import Foundation
import Logging
import Messaging
import Persistence
import Runtime
import ServiceLifecycle

/// Looks after the time within which cases are written up. They are few, and a look reads one entry of an index; so it
/// looks every moment rather than being woken.
struct CaseWatch: Service {
    let store: ReportingStore
    let time: any TimeSource
    let logger: Logger
    /// Real time between two looks.
    var pace = Duration.milliseconds(500)

    func run() async throws {
        await keepLooking(every: pace, logger, failure: "The time for cases cannot be watched") { try await look() }
    }

    /// Has everything said for which the time has come.
    func look() async throws {
        guard let next = try await store.nextCaseAlarm(), next <= time.now() else { return }
        try await store.ringCaseAlarms()
    }
}
