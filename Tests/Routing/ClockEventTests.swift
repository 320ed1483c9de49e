import Contracts
import Messaging
import Procedure
import TestSupport
import Testing

@testable import RoutingService

/// What a pack may have clocks start and stop by is what whoever keeps them hears of.
@Suite("Events that clocks go by")
struct ClockEventTests {
    /// What Reporting and the supervision board start and stop clocks of their own by.
    private static let kept: Set = [
        "case.nominated", "case.published", "rectification.ordered", "rectification.answered", "rectification.closed",
    ]
    /// What Routing itself says of the course of a complaint.
    private static let said: Set = [
        "complaint.accepted", "complaint.rejected", "complaint.answered", "complaint.merged", "case.assigned",
        "case.cancelled",
    ]

    @Test("Every message is either heard by whoever keeps clocks, or refused in a pack's clocks")
    func complete() throws {
        let work = CaseWork(pack: try RoutingBench().pack)
        let heard = Set(RoutingSubscriptions(work: work).list.map { "\($0.type.noun).\($0.type.verb)" })
            .subtracting(["emergency.attended", "rectification.returned"])
        let clocked = heard.union(Self.said).union(Self.kept)
        let all = Set(MessageCatalogue.all.map { "\($0.type.noun).\($0.type.verb)" })
        #expect(clocked.isDisjoint(with: Clock.unclocked), "\(clocked.intersection(Clock.unclocked))")
        #expect(clocked.union(Clock.unclocked) == all, "\(all.symmetricDifference(clocked.union(Clock.unclocked)))")
    }
}
