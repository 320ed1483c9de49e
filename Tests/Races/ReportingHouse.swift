import Contracts
import Foundation
import Messaging
import Persistence
import Procedure
import TestSupport

@testable import ReportingService

/// Reporting without its pages.
struct ReportingHouse: Sendable {
    let station: Station
    private let store: ReportingStore

    init(_ pack: PolicyPack, in folder: TemporaryFolder, on exchange: Exchange, clock: ManualClock) throws {
        store = ReportingStore(
            database: try ServiceDatabase(
                path: folder.path("reporting.sqlite"), source: "redress/reporting", clock: clock,
                migrate: ReportingMigrations.register), shelf: PolicyShelf(pack))
        station = Station(
            user: "reporting", store.database, as: .reporting, ReportingSubscriptions.all(store), on: exchange,
            clock: clock)
    }

    func details(_ number: TicketNumber) async throws -> TicketDetails? { try await store.details(of: number) }

    func view(_ number: TicketNumber) async throws -> View? {
        guard let details = try await store.details(of: number) else { return nil }
        let summary = details.summary
        return View(
            service: "reporting", stands: [Self.stand(summary.state)], round: summary.rounds, lead: summary.department,
            version: details.record.solutions.filter { $0.proposedAt != nil }.map(\.solution.version).max() ?? 0,
            survivor: summary.state == .merged ? summary.mergedInto : nil, outcome: summary.outcome)
    }

    func runs(_ number: TicketNumber, at now: Date) async throws -> [Run] {
        (try await store.details(of: number)?.summary.clocks ?? []).map { run in
            let verdict: Run.Verdict =
                switch run.verdict(at: now) {
                case .met, .void: .kept
                case .missed: .missed
                case .running: .running
                }
            return Run(
                clock: run.clock, startedAt: run.startedAt.milliseconds, dueAt: run.dueAt.milliseconds, verdict: verdict
            )
        }
    }

    private static func stand(_ state: TicketState) -> Stand {
        switch state {
        case .registered: .judging
        case .explaining: .explaining
        case .answering: .answering
        case .accepted: .assigning
        case .assigned: .signing
        case .investigating, .drafting: .working
        case .approving: .approving
        case .proposed: .withCustomer
        case .implementing: .carryingOut
        case .calling: .calling
        case .closed: .closed
        case .withdrawn: .withdrawn
        case .merged: .merged
        }
    }
}
