import Contracts
import Foundation
import Messaging
import Persistence
import TestSupport

@testable import DepartmentService

/// One department without its pages. `wang` handles; `zhao` and `qian` head it.
struct DepartmentHouse: Sendable {
    let station: Station
    let store: DepartmentStore
    let department: DepartmentID

    init(
        _ department: DepartmentID, in folder: TemporaryFolder, on exchange: Exchange, clock: ManualClock
    ) throws {
        let database = try ServiceDatabase(
            path: folder.path("department-\(department).sqlite"), source: "redress/department/\(department)",
            clock: clock
        ) { DepartmentMigrations.register(in: &$0) }
        self.department = department
        store = DepartmentStore(database, clock: clock)
        station = Station(
            user: "department.\(department)", database, as: .department(department),
            DepartmentSubscriptions.all(for: department), on: exchange, clock: clock)
    }

    /// - Returns: the code of the rejection; nil when it was done.
    @discardableResult
    func does(_ command: WorkCommand, on number: TicketNumber, by name: String = "wang") async throws -> String? {
        do {
            _ = try await store.perform(command, on: number, by: .staff(name))
            return nil
        } catch let rejection as Rejection {
            return rejection.code
        } catch is UnknownCase {
            return "unknownCase"
        }
    }

    /// Answers a complaint's first rectification notice.
    func answer(_ number: TicketNumber, _ answer: String, by name: String) async throws {
        try await store.answer(number, 1, answer, by: .staff(name))
    }

    /// Where that notice stands, in which round, and the answer.
    func rectification(_ number: TicketNumber) async throws -> String? {
        let record = try await station.database.read { db in try RectificationTable.find(number, 1, in: db) }
        return record.map { "\($0.standing.rawValue) \($0.round) \($0.answer ?? "")" }
    }

    func order(_ number: TicketNumber) async throws -> WorkOrder? { try await store.file(number)?.order }

    func history(_ number: TicketNumber) async throws -> [HistoryEntry.Kind] {
        (try await store.file(number)?.history ?? []).reversed().map(\.kind)
    }

    func view(_ number: TicketNumber) async throws -> View? {
        guard let file = try await store.file(number), file.order.role == .lead else { return nil }
        let order = file.order
        let shown = file.solutions.filter { ![.awaitingApproval, .refused].contains($0.state) }
        var view = View(
            service: "\(department)", stands: Self.stands(order.stage), round: order.round, lead: department,
            version: shown.map(\.solution.version).max() ?? 0)
        if case .closed(let outcome) = order.stage { view.outcome = outcome }
        return view
    }

    private static func stands(_ stage: WorkStage) -> Set<Stand> {
        switch stage {
        case .assigned: [.signing]
        case .investigating, .investigated, .refused, .declined: [.working]
        case .opinionDue, .opinionGiven: []
        case .awaitingApproval: [.approving]
        case .proposed: [.withCustomer]
        case .carryingOut: [.carryingOut]
        case .implemented: [.calling]
        case .closed: [.closed]
        case .returned: []
        case .cancelled(.withdrawn): [.withdrawn]
        case .cancelled(.merged): [.merged]
        case .cancelled(.reassigned): []
        case .cancelled(.closed): [.closed]
        }
    }
}

extension WorkCommand {
    static func found(_ findings: String = "拆机检测主板") -> WorkCommand {
        .investigate(
            Investigation.Findings(
                findings: findings, directCause: "电容虚焊", rootCause: "温度曲线漂移", responsibility: "制造一部"))
    }

    /// - Parameter compensation: above 500 a head approves.
    static func solve(_ measures: String, _ compensation: String? = nil, due: Date) -> WorkCommand {
        .draft(
            SolutionDraft(
                measures: measures, compensation: compensation.flatMap(Money.init), completionDue: due,
                grounds: "三包规定"))
    }

    static func approve(_ version: Int? = nil) -> WorkCommand { .approve(ApprovalVote(version: version, isHead: true)) }

    static func refuse(_ version: Int? = nil) -> WorkCommand {
        .refuse(reason: "补偿过高", ApprovalVote(version: version, isHead: true))
    }
}
