import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import Procedure
import TestSupport
import Testing

@testable import RoutingService

@Suite("Rectification notices")
struct RectificationTests {
    static let logistics = Samples.department("logistics")
    let bench: RoutingBench
    let desk: RectificationDesk

    init() throws {
        bench = try RoutingBench(pack: "wholesale-feedback")
        desk = RectificationDesk(store: bench.store, work: bench.desk.work)
    }

    private static func order(_ finding: String = "超时未说明进度", number: Int = 1) -> RectificationOrder {
        RectificationOrder(number: Samples.number(number), department: logistics, finding: finding)
    }

    private static func answered(round: Int = 1, notice: Int = 1, _ department: DepartmentID = logistics)
        -> RectificationAnswered
    {
        RectificationAnswered(
            department: department, notice: notice, round: round, answer: "已补记并培训", by: .staff("logistics.head"))
    }

    private func receive() async throws {
        try await bench.receive(Samples.complaint("送货慢").by("hotline"))
    }

    private func watch(until text: String) async throws {
        try bench.sleep(to: text)
        let watch = RectificationWatch(
            store: bench.store, work: bench.desk.work, time: bench.clock, logger: Logger(label: "test"))
        try await watch.look()
    }

    private func noticed() async throws -> RectificationRecord {
        try #require(try await bench.store.dossier(Samples.number(1))?.rectifications.first)
    }

    // MARK: Decisions

    private func notice() throws -> Rectification {
        let time = RectificationTime(pack: bench.pack)
        let now = bench.clock.now()
        let deadline = try #require(time.deadline(from: now, severity: .general))
        return Rectification(
            number: Samples.number(1), notice: 1, department: Self.logistics, finding: "x", orderedAt: now,
            orderedBy: "supervision.head", deadline: deadline)
    }

    @Test("W20 An answer is accepted, or sent back for another round; nobody judges their own, or what is not there")
    func decisions() throws {
        var notice = try notice()
        let now = bench.clock.now()
        #expect(throws: RectificationRejection.notAnswered) { try notice.close(nil, by: "supervision.head", at: now) }
        #expect(throws: RectificationRejection.anotherDepartment) {
            _ = try notice.take(Self.answered(Samples.department("sales")), at: now)
        }
        #expect(throws: RectificationRejection.premature) { _ = try notice.take(Self.answered(round: 2), at: now) }
        #expect(try notice.take(Self.answered(), at: now))
        #expect(try !notice.take(Self.answered(), at: now))
        #expect(throws: RectificationRejection.ownAnswer) { try notice.close(nil, by: "logistics.head", at: now) }
        let later = try #require(RectificationTime(pack: bench.pack).deadline(from: now + 86_400, severity: nil))
        try notice.sendBack("未说明原因", until: later, by: "supervision.head", at: now)
        #expect(notice.standing == .returned && notice.round == 2 && notice.deadline == later)
        #expect(try !notice.take(Self.answered(round: 1), at: now))
        #expect(try notice.take(Self.answered(round: 2), at: now))
        try notice.close("合格", by: "supervision.head", at: now)
        #expect(notice.standing == .closed)
        #expect(throws: RectificationRejection.closed) { try notice.close(nil, by: "supervisor", at: now) }
    }

    @Test(
        "W20 The time is the pack's own clock of rectification, or as long as its supervision says",
        arguments: ["wholesale-feedback", "sunshine-property", "dealer-aftersales"])
    func time(name: String) throws {
        let pack = try RoutingBench(pack: name).pack
        let clock = try #require(pack.rectificationClock)
        #expect(clock.within == .same(.workingDays(5)) && clock.isStopped(by: "rectification.answered"))
        #expect(pack.clocks.contains(clock) == (name == "wholesale-feedback"))
        #expect(try RoutingBench(pack: "kangyu-medical").pack.rectificationClock == nil)
    }

    // MARK: The whole course

    @Test("W20 A notice is ordered against a department, with a clock by the pack that warns and runs out")
    func clock() async throws {
        try await receive()
        let record = try await desk.order(Self.order(), by: "supervision.head")
        // Friday at 10:00: five working days end on the next Friday.
        #expect(RFC3339.text(record.notice.deadline.dueAt) == "2026-11-27T10:00:00.000Z")
        let ordered = try #require(try await bench.said(RectificationOrdered.self).first)
        #expect(ordered.department == Self.logistics && ordered.finding == "超时未说明进度" && ordered.notice == 1)
        #expect(ordered.deadline == record.notice.deadline && ordered.audience == nil)
        // Sent twice it is ordered once; in other words it is another.
        #expect(try await desk.order(Self.order(), by: "supervision.head").id == record.id)
        #expect(try await desk.order(Self.order("另有问题"), by: "supervision.head").notice.notice == 2)
        try await watch(until: "2026-11-27 17:59")
        let warned = try await bench.said(DeadlineApproaching.self).filter { $0.deadline.clock == "rectification" }
        #expect(warned.map(\.percent) == [50, 80, 50, 80] && warned.allSatisfy { $0.department == Self.logistics })
        #expect(try await noticed().alert == .approaching)
        try await watch(until: "2026-11-27 18:00")
        try await watch(until: "2026-11-27 18:30")
        let missed = try await bench.said(DeadlineMissed.self).filter { $0.deadline.clock == "rectification" }
        #expect(missed.count == 2 && missed.first?.deadline.dueAt == record.notice.deadline.dueAt)
        let late = try await noticed()
        #expect(late.alert == .missed && late.next == nil)
    }

    @Test("W20 An answer stops the time; sent back it begins again, and accepted it is over")
    func course() async throws {
        try await receive()
        let id = try await desk.order(Self.order(), by: "supervision.head").id
        try bench.sleep(to: "2026-11-23 10:00")
        #expect(try await bench.hear(Self.answered()) == .handled)
        #expect(try await bench.hear(Self.answered()) == .duplicate)
        try await watch(until: "2026-12-01 10:00")
        #expect(try await bench.said(DeadlineMissed.self).allSatisfy { $0.deadline.clock != "rectification" })
        let returned = try await desk.sendBack(id, reason: "未说明如何防止", by: "supervision.head")
        #expect(RFC3339.text(returned.notice.deadline.dueAt) == "2026-12-08T10:00:00.000Z")
        #expect(try await bench.said(RectificationReturned.self).map(\.round) == [1])
        #expect(try await bench.hear(Self.answered(round: 2)) == .handled)
        let closed = try await desk.close(id, comment: "有效", by: "supervision.head")
        #expect(closed.notice.standing == .closed)
        _ = try await desk.close(id, comment: "有效", by: "supervision.head")
        #expect(try await bench.said(RectificationClosed.self).map(\.round) == [2])
        let steps = try await bench.store.database.read { db in try RectificationTable.steps(of: id, in: db) }
        #expect(steps.map(\.step) == ["ordered", "answered", "returned", "answered", "closed"])
        let events = try await bench.store.dossier(Samples.number(1))?.history.map(\.event) ?? []
        #expect(events.filter { $0.hasPrefix("rectification.") }.count == 5)
    }

    @Test("W20 A notice about a complaint that has ended has its time, its answer and its end like any other")
    func ended() async throws {
        try await receive()
        try await bench.hear(ComplaintWithdrawn(reason: "算了", by: .customer))
        let id = try await desk.order(Self.order(), by: "supervision.head").id
        // The end of the complaint stops its own clocks; this is none of them.
        try await watch(until: "2026-11-27 18:00")
        #expect(try await bench.said(DeadlineMissed.self).contains { $0.deadline.clock == "rectification" })
        #expect(try await bench.hear(Self.answered()) == .handled)
        #expect(try await desk.close(id, comment: nil, by: "supervisor").notice.standing == .closed)
        #expect(try await bench.state() == .withdrawn)
    }

    @Test("W20 What a department says too early comes again; of another's notice it is for a person to look at")
    func disorder() async throws {
        try await receive()
        #expect(try await bench.hear(Self.answered()).isRetry)
        _ = try await desk.order(Self.order(), by: "supervision.head")
        #expect(try await bench.hear(Self.answered(round: 2)).isRetry)
        #expect(try await bench.hear(Self.answered(Samples.department("sales"))).isParked)
        #expect(try await noticed().notice.standing == .ordered)
    }

    @Test("W21 W20 A notice about a report goes to its department alone, and says for whose eyes it is")
    func report() async throws {
        var report = Samples.complaint("经办人篡改处理记录", flags: ["whistleblowing"]).by("internal")
        report.protected = ProtectedReport(concerned: ["sales.handler"])
        try await bench.receive(report)
        let supervision = Samples.department("supervision")
        await #expect(throws: RectificationRejection.protectedReport(bench.pack.title(of: supervision))) {
            try await desk.order(Self.order(), by: "supervisor")
        }
        var order = Self.order()
        order.department = supervision
        _ = try await desk.order(order, by: "supervisor")
        let audience = try #require(try await bench.said(RectificationOrdered.self).first?.audience)
        #expect(audience.departments == [supervision] && audience.concerned == ["sales.handler"])
        #expect(!audience.admits(Viewer(name: "sales.handler", roles: ["manager"], department: supervision)))
        #expect(audience.admits(Viewer(name: "ma", roles: ["manager"])))
    }
}

extension Outcome {
    fileprivate var isRetry: Bool { if case .retry = self { true } else { false } }
    fileprivate var isParked: Bool { if case .park = self { true } else { false } }
}
