import Contracts
import Foundation
import IntakeService
import Messaging
import Persistence
import Procedure
import TestSupport

/// Intake without its pages.
struct IntakeHouse: Sendable {
    let station: Station
    let store: IntakeStore
    private let clock: ManualClock

    init(_ pack: PolicyPack, in folder: TemporaryFolder, on exchange: Exchange, clock: ManualClock) throws {
        let database = try ServiceDatabase(
            path: folder.path("intake.sqlite"), source: "redress/intake/01", clock: clock,
            migrate: IntakeMigrations.register)
        store = IntakeStore(database, instance: "01", timeZone: pack.timeZone)
        station = Station(user: "intake", database, as: nil, [], on: exchange, clock: clock)
        self.clock = clock
    }

    /// - Parameter amount: from 10000 the complaint is major: a group handles it, and its head approves.
    func accept(_ narrative: String, amount: String? = nil) async throws -> TicketNumber {
        let draft = ComplaintDraft(
            channel: "web", heardAt: clock.now(), complainant: Complainant(name: "王芳", phone: "13800000000"),
            narrative: narrative, amount: amount.flatMap(Money.init))
        return try await store.accept(draft).number
    }

    func withdraw(_ number: TicketNumber) async throws {
        _ = try await store.add(.withdrawal(reason: "不再追究"), to: number, by: .customer)
    }

    func chase(_ number: TicketNumber) async throws {
        _ = try await store.add(.chase(comment: "怎么样了"), to: number, by: .customer)
    }

    func isWithdrawn(_ number: TicketNumber) async throws -> Bool {
        try await store.complaint(number)?.withdrawnAt != nil
    }
}
