import Contracts
import Foundation
import Procedure
import TestSupport
import Testing

@testable import CallbackService

@Suite("What the pack says about speaking with the customer")
struct PackRulesTests {
    private func day(_ date: Date?) -> String? {
        guard let date else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return "\(parts.year ?? 0)-\(parts.month ?? 0)-\(parts.day ?? 0)"
    }

    /// Completed on a Friday: a callback is due by the end of Monday, an answer by the end of the Friday after.
    @Test("K14 callbacks and answers are reckoned in working days") func reckonsInWorkingDays() throws {
        let rules = CallbackRules(try .shipped())
        let friday = ManualClock().now()
        let callback = rules.callback(after: friday, .general)
        #expect(day(callback.deadline.dueAt) == "2026-11-23" && callback.from == friday)
        #expect(!callback.deadline.explanation.zhHans.isEmpty)
        #expect(day(rules.validity(from: friday).dueAt) == "2026-11-27")
    }

    @Test func worksWithoutClocksOfItsOwn() throws {
        var pack = try PolicyPack.shipped()
        pack.clocks = []
        let callback = CallbackRules(pack).callback(after: ManualClock().now(), nil).deadline
        #expect(day(callback.dueAt) == "2026-11-23")
        #expect(callback.title.en == "Callback" && callback.stops == ["callback.completed"])
    }

    @Test("W17 the status is told as often as the pack says, or not at all") func statusNotes() throws {
        var pack = try PolicyPack.shipped()
        pack.updates = nil
        #expect(CallbackRules(pack).statusDue(after: ManualClock().now()) == nil)
        pack.updates = UpdateTerms(every: .workingDays(2))
        #expect(day(CallbackRules(pack).statusDue(after: ManualClock().now())) == "2026-11-24")
    }

    /// What customers can do at all is in the shipped pack: its own survey, and a telephone.
    @Test func theShippedPackOffersTheSurvey() throws {
        let terms = try PolicyPack.shipped().callback
        #expect(terms.offersQuestionnaire && terms.callersWays == [.phone])
    }
}
