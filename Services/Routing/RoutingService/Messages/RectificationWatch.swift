import Foundation
import Logging
import Messaging
import Persistence
import Runtime
import ServiceLifecycle

/// Looks after the time of rectification notices (W20). They are few, and a look reads one entry of an index; so it looks
/// every moment rather than being woken.
struct RectificationWatch: Service {
    static let batch = 50

    let store: RoutingStore
    let work: CaseWork
    let time: any TimeSource
    let logger: Logger
    /// Real time between two looks.
    var pace = Duration.milliseconds(500)

    func run() async throws {
        await keepLooking(every: pace, logger, failure: "Rectification notices cannot be watched") { try await look() }
    }

    /// Has everything said that is due now.
    func look() async throws {
        while let next = try await store.database.read({ db in try RectificationTable.nextAt(in: db) }),
            next <= time.now()
        {
            let count = try await store.database.write { [work] unit in
                try work.watchRectifications(limit: Self.batch, in: unit)
            }
            if count == 0 { return }
        }
    }
}
