import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// A clock of a case was extended (延期) or stood still: the department works by the new time.
@Suite struct MovedDeadlineTests {
    private func moved(_ clock: String, hours: Double, startedAt: Date = Samples.now) -> Deadline {
        var deadline = Samples.deadline(clock, "方案时限", "Solution", hours: hours, stops: ["solution.proposed"])
        deadline.startedAt = startedAt
        return deadline
    }

    @Test func theNewTimeCounts() throws {
        let order = try Samples().order(.investigating)
        let decision = try order.decide(.deadlineMoved(moved("solution", hours: 48)), by: .customer, at: Samples.now)
        #expect(decision.history.map(\.kind) == [.deadlineMoved])
        let due = OpenClocks.of(decision.order).first { $0.clock == "solution" }?.dueAt
        #expect(due == Samples.now.addingTimeInterval(48 * 3600))
        let again = try decision.order.decide(
            .deadlineMoved(moved("solution", hours: 48)), by: .customer, at: Samples.now)
        #expect(again.isUnchanged)
    }

    @Test func anotherRunOfTheClockIsNoneOfTheCases() throws {
        let order = try Samples().order(.investigating)
        for deadline in [moved("revision", hours: 9), moved("solution", hours: 9, startedAt: Samples.tomorrow)] {
            let decision = try order.decide(.deadlineMoved(deadline), by: .customer, at: Samples.now)
            #expect(decision.isUnchanged)
        }
    }

    @Test(arguments: [WorkState.closed, .returned, .cancelled])
    func afterTheEndNothingMoves(_ state: WorkState) throws {
        let order = try Samples().order(state)
        let decision = try order.decide(.deadlineMoved(moved("solution", hours: 9)), by: .customer, at: Samples.now)
        #expect(decision.isUnchanged)
    }

    @Test(
        "What Callback has closed is closed, also when Routing had cancelled it",
        arguments: [(CancellationReason.merged, WorkState.closed), (.withdrawn, .closed), (.reassigned, .cancelled)])
    func closedAfterCancelled(_ reason: CancellationReason, _ end: WorkState) throws {
        let order = try Samples().order(.implemented)
        let cancelled = try order.decide(.cancelled(assignment: 1, reason), by: .customer, at: Samples.now).order
        let closed = try cancelled.decide(.closed(.satisfied, satisfaction: 5), by: .customer, at: Samples.now).order
        #expect(closed.state == end)
    }
}
