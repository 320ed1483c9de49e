import Contracts
import Foundation
import TestSupport
import Testing

@testable import CallbackService

@Suite("What the shipped pack says about asking the customer")
struct PackRulesTests {
    private func day(_ date: Date?) -> String? {
        guard let date else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return "\(parts.year ?? 0)-\(parts.month ?? 0)-\(parts.day ?? 0)"
    }

    @Test func takesOverTheTerms() throws {
        let pack = try WebBench.pack()
        let rules = CallbackRules(pack)
        #expect(rules.satisfactionThreshold == pack.callback.satisfiedFrom)
        #expect(rules.soothesFirst == pack.callback.sootheFirst)
        #expect(rules.attempts == pack.callback.attempts)
        #expect(!rules.handlerMayCall)
    }

    /// Completed on a Friday: a callback is due by the end of Monday, an answer by the end of the Friday after.
    @Test func reckonsInWorkingDays() throws {
        let rules = CallbackRules(try WebBench.pack())
        let friday = ManualClock().now()
        let callback = rules.callbackDeadline(friday, .general)
        #expect(day(callback?.dueAt) == "2026-11-23")
        #expect(callback?.explanation.zhHans.isEmpty == false)
        #expect(day(rules.consentDeadline(friday, .general)?.dueAt) == "2026-11-27")
    }

    @Test func worksWithoutClocksOfItsOwn() throws {
        var pack = try WebBench.pack()
        pack.clocks = []
        let callback = try #require(CallbackRules(pack).callbackDeadline(ManualClock().now(), nil))
        #expect(day(callback.dueAt) == "2026-11-23")
        #expect(callback.title.en == "Callback" && callback.stops == ["callback.completed"])
    }
}
