import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import RoutingService

@Suite("Decisions about clocks")
struct ClockPolicyTests {
    private static let now = ManualClock().now()

    @Test(
        "A clock that stops is judged by when it stopped",
        arguments: [
            (-1.0, false, false, StopVerdict.kept), (0, false, false, .kept), (-1, true, false, .keptAfterAll),
            (1, true, false, .missed), (1, false, false, .missedUnsaid), (1, false, true, .ended),
            (1, true, true, .missed), (-1, false, true, .kept), (-1, true, true, .keptAfterAll),
        ])
    func verdicts(late: TimeInterval, said: Bool, isEnd: Bool, verdict: StopVerdict) {
        #expect(
            StopVerdict(stoppedAt: Self.now + late, dueAt: Self.now, saidMissed: said, isEnd: isEnd) == verdict)
    }

    /// Logistics escalates to Customer Service, and that to the management.
    private let departments: [Department]

    init() throws {
        departments = try PolicyPack.load(file: Samples.packFile).departments
    }

    private func follows(
        urges: String = "owner", escalatesTo: String? = ClockTerms.nextLevel, owner: String? = "zhao",
        raisedTo: [String] = [], holder: Holder = .department(Samples.department("logistics"))
    ) -> MissedClock {
        var terms = ClockTerms()
        terms.urges = urges
        terms.escalatesTo = escalatesTo
        return MissedClock(
            terms, heldBy: holder, owner: owner, raisedTo: raisedTo, departments: departments)
    }

    @Test("Urged is whom the pack says; where nobody is first responsible, the head (W10)")
    func urging() {
        #expect(follows().urging?.addressee == "zhao")
        #expect(follows(owner: nil).urging?.addressee == "logistics.head")
        #expect(follows(urges: "head").urging?.addressee == "logistics.head")
        #expect(follows(urges: "nobody").urging == nil)
    }

    @Test(
        "A complaint is raised to the next level that has not heard of it, and to the highest again (V08)",
        arguments: [
            ([], "customer-service"), (["customer-service"], "management"),
            (["customer-service", "management"], "management"),
        ])
    func escalation(raisedTo: [String], level: String) {
        #expect(follows(raisedTo: raisedTo).escalation?.level == level)
    }

    @Test("A level that the pack names is always the same, and without one nothing is raised")
    func named() {
        #expect(follows(escalatesTo: "management", raisedTo: ["management"]).escalation?.level == "management")
        #expect(follows(escalatesTo: nil).escalation == nil)
    }

    @Test("Nobody is urged while no department has it", arguments: [Holder.desk, .customer, .callback, .nobody])
    func elsewhere(holder: Holder) {
        let follows = follows(holder: holder)
        #expect(follows.urging == nil)
        #expect(follows.escalation == nil)
    }

    @Test("Whoever is asked or has a proposal is charged, the department otherwise")
    func holders() {
        func handling(_ phase: Handling.Phase) -> RoutingState {
            .handling(
                Handling(
                    assignment: 1, lead: Samples.department("logistics"), assisting: [], isRuling: false, phase: phase))
        }
        #expect(Holder(handling(.investigating)) == .department(Samples.department("logistics")))
        #expect(Holder(handling(.investigating), isWaiting: true) == .customer)
        #expect(Holder(handling(.proposed)) == .customer)
        #expect(Holder(handling(.callback)) == .callback)
        #expect(Holder(.closed(.satisfied), isWaiting: true) == .nobody)
    }

    @Test("Charges add up to the complaint's age, whatever the spans")
    func charges() throws {
        let pack = try PolicyPack.load(file: Samples.packFile)
        let spans = [
            CustodySpan(holder: "intake", from: Self.now, until: Self.now + 600),
            CustodySpan(holder: "desk", from: Self.now + 600, until: Self.now + 4200),
            CustodySpan(holder: "logistics", from: Self.now + 4200, until: Self.now + 90_000),
            CustodySpan(holder: "desk", from: Self.now + 90_000, until: nil),
        ]
        let charges = Charge.of(spans, until: Self.now + 100_000, calendar: pack.calendar)
        #expect(charges.map(\.holder) == ["intake", "desk", "logistics"])
        #expect(charges.reduce(0) { $0 + $1.elapsed } == 100_000)
        let working = pack.calendar.workingTime(from: Self.now, to: Self.now + 100_000)
        #expect(charges.reduce(0) { $0 + $1.working } == working)
    }

    @Test("What has been said is not said again; what a moved clock has ahead of it is")
    func moments() {
        let moments = [50, 80, 100].map { ClockMoment(at: Self.now + Double($0), percent: $0) }
        #expect(moments.next(after: moments[0]) == moments[1])
        #expect(moments.next(after: moments[2]) == nil)
        #expect(moments.next(from: Self.now) == moments[0])
        #expect(moments.next(from: Self.now + 60) == moments[1])
        #expect(moments.next(from: Self.now + 500) == moments[2])
    }
}
