import Contracts
import Foundation
import Testing

@testable import ReportingService

@Suite("A ticket follows its events")
struct ProjectionTests {
    @Test func everyMessageAboutAComplaintIsAnEvent() {
        let others = [LedgerCounted.type, PolicyAdopted.type]
        let types = TicketEvent.kinds.map(\.type)
        #expect(types == MessageCatalogue.all.map { $0.type }.filter { !others.contains($0) })
    }

    @Test func anEventfulComplaintEndsClosed() throws {
        let course = try SampleCourse.eventful(1)
        let summary = try #require(
            TicketSummary.fold(try course.recorded(), number: course.number))
        #expect(summary.state == .closed)
        #expect(summary.outcome == .satisfied)
        #expect(summary.satisfaction == 5)
        #expect(summary.rounds == 2)
        #expect(summary.returns == 1)
        #expect(summary.reworks == 1)
        #expect(summary.declines == 1)
        #expect(summary.department?.text == "logistics")
        #expect(summary.severity == .important)
        #expect(summary.category == "delivery")
        #expect(summary.heading == "水果 · 少送")
        #expect(summary.isExcluded == false)
        let closing = try #require(course.steps.last)
        #expect(summary.closedAt == closing.time)
        #expect(summary.handlingSeconds == Int(closing.time.timeIntervalSince(SampleCourse.start)))
    }

    /// What the state is after each event of the eventful course.
    @Test func theStateMovesStepByStep() throws {
        let course = try SampleCourse.eventful(2)
        let recorded = try course.recorded()
        let states = (1...recorded.count).map { count in
            TicketSummary.fold(Array(recorded.prefix(count)), number: course.number)?.state
        }
        #expect(
            states == [
                .registered, .accepted, .assigned, .accepted, .assigned, .investigating, .drafting, .approving,
                .approving, .proposed, .drafting, .proposed, .implementing, .calling, .calling, .investigating,
                .proposed,
                .implementing, .calling, .calling, .closed,
            ])
    }

    @Test(arguments: 0..<20)
    func theOrderOfArrivalDoesNotMatter(seed: Int) throws {
        let course = try SampleCourse.eventful(3)
        let recorded = try course.recorded()
        var generator = SplitMix(state: UInt64(seed))
        let shuffled = recorded.shuffled(using: &generator)
        let expected = TicketSummary.fold(recorded, number: course.number)
        #expect(TicketSummary.fold(shuffled, number: course.number) == expected)
        #expect(TicketRecord.fold(shuffled) == TicketRecord.fold(recorded))
    }

    @Test func withoutItsAcceptanceThereIsNoTicket() throws {
        let course = try SampleCourse.eventful(4)
        let rest = Array(try course.recorded().dropFirst())
        #expect(TicketSummary.fold(rest, number: course.number) == nil)
        #expect(TicketRecord.fold(rest) == nil)
    }

    @Test func anEndIsFinal() throws {
        var course = try SampleCourse.explained(5)
        course.then("routing", Sample.accepted(round: 2))
        course.then("routing", try Sample.assigned(at: SampleCourse.start))
        course.then("intake/01", ComplaintWithdrawn(by: .customer))
        let summary = try #require(
            TicketSummary.fold(try course.recorded(), number: course.number))
        #expect(summary.state == .closed)
        #expect(summary.outcome == .explained)
        #expect(summary.isExcluded)
    }

    @Test func assistingDepartmentsDoNotMoveTheComplaint() throws {
        var course = try SampleCourse(6)
        course.then("intake/01", Sample.received())
        course.then("routing", Sample.accepted())
        course.then("routing", try Sample.assigned(at: SampleCourse.start), after: 0)
        course.then(
            "routing", try Sample.assigned("product-quality", role: .assisting, at: SampleCourse.start), after: 0)
        let assisting = try Sample.department("product-quality")
        course.then(
            "department/product-quality", CaseAcknowledged(department: assisting, assignment: 1, by: .staff("z")))
        course.then(
            "department/product-quality",
            OpinionGiven(department: assisting, lead: try Sample.department(), opinion: "无质量问题", by: .staff("z")))
        let recorded = try course.recorded()
        let summary = try #require(TicketSummary.fold(recorded, number: course.number))
        #expect(summary.state == .assigned)
        #expect(summary.department == (try Sample.department()))
        #expect(TicketRecord.fold(recorded)?.opinions.first?.opinion == "无质量问题")
    }

    @Test func clocksStopWithTheEventThatThePackNames() throws {
        let course = try SampleCourse.eventful(7)
        let summary = try #require(
            TicketSummary.fold(try course.recorded(), number: course.number))
        let signOff = summary.clocks.filter { $0.clock == "sign-off" }
        #expect(signOff.count == 2)
        #expect(signOff.map { $0.verdict(at: SampleCourse.start) } == [.void, .met])
        #expect(signOff.first?.stoppedAt == course.steps.first { $0.event is CaseReturned }?.time)
        let unknown = ClockRun(
            clock: "x", title: Titles.none, startedAt: SampleCourse.start,
            dueAt: SampleCourse.start.addingTimeInterval(60))
        #expect(unknown.verdict(at: SampleCourse.start) == .running)
        #expect(unknown.verdict(at: SampleCourse.start.addingTimeInterval(61)) == .missed)
    }

    @Test func theRecordHoldsEverySectionOfTheForm() throws {
        let record = try #require(TicketRecord.fold(try SampleCourse.eventful(8).recorded()))
        #expect(record.judgements.map(\.isValid) == [true])
        #expect(record.assignments.map(\.returnReason) == ["不是质量问题", nil])
        #expect(record.assignments.last?.acknowledgedBy == .staff("li"))
        #expect(record.investigations.map(\.rootCause) == ["复核缺失"])
        #expect(record.solutions.map(\.solution.version) == [1, 2, 3])
        #expect(record.solutions.map(\.isAccepted) == [false, true, true])
        #expect(record.solutions.first?.approvedBy == .staff("sun"))
        #expect(record.solutions.first?.answer == "补偿太少")
        #expect(record.implementations.map(\.version) == [2, 3])
        #expect(record.callbacks.map(\.satisfaction) == [2, 5])
        #expect(record.reworks.map(\.round) == [2])
        #expect(record.closing?.outcome == .satisfied)
    }
}

/// A small generator with a seed, so that a failing order can be run again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
