import Contracts
import Foundation
import Messaging
import Persistence
import Procedure
import TestSupport

@testable import RoutingService

/// Routing without its pages: the triage desk, the clocks, and what it hears.
struct RoutingHouse: Sendable {
    let station: Station
    let desk: TriageDesk
    private let timekeeper: Timekeeper
    private let watch: RectificationWatch
    private let store: RoutingStore

    init(_ pack: PolicyPack, in folder: TemporaryFolder, on exchange: Exchange, clock: ManualClock) throws {
        store = RoutingStore(
            try ServiceDatabase(
                path: folder.path("routing.sqlite"), source: RoutingStore.source, clock: clock,
                migrate: RoutingMigrations.register))
        let work = CaseWork(pack: pack)
        desk = TriageDesk(store: store, work: work)
        watch = RectificationWatch(store: store, work: work, time: clock, logger: .quiet)
        timekeeper = Timekeeper(store, work: work, time: clock, logger: .quiet, settling: .zero)
        station = Station(
            user: "routing", store.database, as: .routing, RoutingSubscriptions(work: work).list, on: exchange,
            clock: clock)
    }

    func assign(_ number: TicketNumber, to department: DepartmentID) async throws {
        let order = AssignmentOrder(department: department, assisting: [], reason: "改派")
        _ = try await desk.assign(number, order, by: "zhou", isSupervisor: true)
    }

    func merge(_ number: TicketNumber, into survivor: TicketNumber) async throws {
        _ = try await desk.merge(number, into: survivor, reason: "重复", by: "zhou")
    }

    func group(_ lead: TicketNumber, with members: [TicketNumber]) async throws {
        _ = try await desk.group(lead, with: members, reason: "同一原因", by: "zhou")
    }

    /// Has everything said that is due now, as the timekeeper and the watch over notices do.
    func look() async throws {
        _ = try await timekeeper.look()
        try await watch.look()
    }

    private var rectifications: RectificationDesk { RectificationDesk(store: store, work: desk.work) }

    /// Orders a rectification notice.
    /// - Returns: its id.
    func rectify(_ number: TicketNumber, by department: DepartmentID) async throws -> Int64 {
        let order = RectificationOrder(number: number, department: department, finding: "没有进度记录")
        return try await rectifications.order(order, by: "supervisor").id
    }

    func sendBack(_ notice: Int64) async throws {
        _ = try await rectifications.sendBack(notice, reason: "未说明如何防止", by: "supervisor")
    }

    func accept(_ notice: Int64) async throws {
        _ = try await rectifications.close(notice, comment: nil, by: "supervisor")
    }

    /// Where a notice stands.
    func standing(_ notice: Int64) async throws -> String? {
        try await store.database.read { db in try RectificationTable.find(notice, in: db) }?.notice.standing.rawValue
    }

    /// What happened, as `noun.verb`, in the order in which it was heard of.
    func history(_ number: TicketNumber) async throws -> [String] {
        (try await store.dossier(number)?.history ?? []).map(\.event)
    }

    func dossier(_ number: TicketNumber) async throws -> ComplaintDossier? { try await store.dossier(number) }

    func view(_ number: TicketNumber) async throws -> View? {
        guard let record = try await store.dossier(number)?.record else { return nil }
        let version =
            record.file.mark.step.rawValue >= SolutionMark.Step.proposed.rawValue ? record.file.mark.version : 0
        var view = View(
            service: "routing", stands: [Self.stand(record.state)], round: record.file.round,
            lead: record.handling?.lead, version: version)
        if case .merged(let survivor) = record.file.state { view.survivor = survivor }
        if case .closed(let outcome) = record.file.state { view.outcome = outcome }
        return view
    }

    /// Every run of a clock, by when things happened.
    func runs(_ number: TicketNumber, at now: Date) async throws -> [Run] {
        (try await store.dossier(number)?.clocks ?? []).map { clock in
            let verdict: Run.Verdict =
                if let stoppedAt = clock.stoppedAt {
                    stoppedAt <= clock.deadline.dueAt ? .kept : .missed
                } else {
                    now <= clock.deadline.dueAt ? .running : .missed
                }
            return Run(
                clock: clock.deadline.clock, startedAt: clock.deadline.startedAt.milliseconds,
                dueAt: clock.deadline.dueAt.milliseconds, verdict: verdict)
        }
    }

    /// What its board shows as pressing.
    func pressing(_ number: TicketNumber) async throws -> [String] {
        try await store.supervision(SupervisionFilter(), limit: 100).clocks
            .filter { $0.clock.number == number }.map(\.clock.deadline.clock)
    }

    /// registered = open + withdrawn + merged + what Callback closed.
    func ledger() async throws -> [String: Int] { try await station.ledger() }

    private static func stand(_ state: StateName) -> Stand {
        switch state {
        case .awaitingJudgement, .awaitingAnswer: .judging
        case .answered: .answering
        case .explaining: .explaining
        case .awaitingAssignment: .assigning
        case .awaitingAcknowledgement: .signing
        case .investigating, .revising: .working
        case .awaitingApproval: .approving
        case .proposed: .withCustomer
        case .implementing: .carryingOut
        case .callback: .calling
        case .closed, .settled: .closed
        case .withdrawn: .withdrawn
        case .merged: .merged
        }
    }
}

extension Date {
    /// Since 1970.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }
}
