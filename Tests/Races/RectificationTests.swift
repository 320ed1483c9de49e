import Contracts
import Foundation
import Procedure
import Testing

@testable import DepartmentService
@testable import ReportingService
@testable import RoutingService

@Suite("A rectification notice over all services")
struct RectificationRaceTests {
    private static let supervision = """
        supervision:
          group: {zh-Hans: 监督小组, en: Supervision group}
          inspectors: [supervisor]
          samplePercent: 10
          every: month
          rectifyWithin: 2 working days
        """

    @Test("W20 A notice about a closed complaint is missed, answered, sent back, answered again and accepted, on the record")
    func course() async throws {
        let company = try Company(sections: ["supervision": Self.supervision])
        let number = try await company.complaint(at: .implemented)
        try await company.callback.survey(number, solved: true)
        try await company.settle()
        let notice = try await company.routing.order(number, for: Company.quality)
        try await company.settle()
        let quality = try company.quality
        company.pass(4 * 86_400)
        try await company.routing.lookAtRectifications()
        try await quality.store.answer(number, 1, "已补记", by: .staff("wang"))
        try await company.settle()
        try await company.routing.sendBack(notice)
        try await company.settle()
        try await quality.store.answer(number, 1, "已培训", by: .staff("zhao"))
        try await company.settle()
        try await company.routing.accept(notice)
        try await company.settle()
        #expect(try await company.routing.rectification(notice)?.notice.standing == .closed)
        let seen = try await quality.rectification(number)
        #expect(seen?.standing == .closed && seen?.round == 2 && seen?.answer == "已培训")
        let record = try #require(try await company.reporting.details(number)).record
        let remarks = record.remarks.filter { [.rectification, .rectified, .settled].contains($0.kind) }
        #expect(remarks.map(\.kind) == [.rectification, .rectified, .rectification, .rectified, .settled])
        #expect(record.remarks.contains { $0.kind == .missed && $0.text == "整改" })
        #expect(try await company.routing.dossier(number)?.record.state == .closed)
    }
}

extension RoutingHouse {
    func order(_ number: TicketNumber, for department: DepartmentID) async throws -> Int64 {
        let order = RectificationOrder(number: number, department: department, finding: "没有进度记录")
        return try await rectifications.order(order, by: "supervisor").id
    }

    func sendBack(_ id: Int64) async throws {
        _ = try await rectifications.sendBack(id, reason: "未说明如何防止", by: "supervisor")
    }

    func accept(_ id: Int64) async throws { _ = try await rectifications.close(id, comment: nil, by: "supervisor") }

    func rectification(_ id: Int64) async throws -> RoutingService.RectificationRecord? {
        try await store.database.read { db in try RoutingService.RectificationTable.find(id, in: db) }
    }

    func lookAtRectifications() async throws {
        try await RectificationWatch(store: store, work: desk.work, time: clock, logger: .quiet).look()
    }

    private var rectifications: RectificationDesk { RectificationDesk(store: store, work: desk.work) }
}

extension DepartmentHouse {
    func rectification(_ number: TicketNumber) async throws -> DepartmentService.RectificationRecord? {
        try await station.database.read { db in try DepartmentService.RectificationTable.find(number, 1, in: db) }
    }
}
