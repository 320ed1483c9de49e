import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("What a pack says about clocks")
struct ClockReadingTests {
    private static let plain = "stops: case.acknowledged, within: 2 hours}"

    private func clock(_ keys: String) throws -> Clock {
        let text = PolicyLoadingTests.sound.replacingOccurrences(
            of: Self.plain, with: "stops: case.acknowledged, within: 2 hours, \(keys)}")
        return try #require(try PolicyPack.parse(text, file: "small.yaml").clocks.first)
    }

    @Test("Unless the pack says otherwise the owner is urged, nothing is raised, and nothing extended")
    func defaults() throws {
        let clock = try clock("warn: [50]")
        #expect(clock.urges == .owner)
        #expect(clock.escalation == nil)
        #expect(clock.extending == nil)
    }

    @Test(
        "A pack says who is urged, to whom a complaint is raised, and by how much a clock may be extended (W10, V08)")
    func terms() throws {
        #expect(try clock("urges: head").urges == .head)
        #expect(try clock("urges: nobody").urges == .nobody)
        #expect(try clock("escalates: true").escalation == .next)
        #expect(try clock("escalates: false").escalation == nil)
        #expect(try clock("escalates: quality").escalation == .to("quality"))
        #expect(
            try clock("extension: {atMost: 2 working days, approvedBy: head}").extending
                == Clock.Extending(atMost: .workingDays(2), approvedBy: .head))
    }

    @Test("K15 a clock may start when a callback found the customer dissatisfied; what is no event is refused")
    func dissatisfied() throws {
        func read(_ event: String) throws -> Clock? {
            let text = PolicyLoadingTests.sound.replacingOccurrences(
                of: "starts: case.assigned, " + Self.plain, with: "starts: \(event), " + Self.plain)
            return try PolicyPack.parse(text, file: "small.yaml").clocks.first
        }
        #expect(try read("callback.dissatisfied")?.starts == Clock.dissatisfied)
        let refused = #expect(throws: PolicyInvalid.self) { try read("callback.disatisfied") }
        let problem = try #require(refused?.problems.first)
        #expect(problem.message.contains("there is no event") && problem.message.contains("callback.dissatisfied"))
        #expect(problem.line == 36)
    }

    @Test(
        "What cannot be meant does not load",
        arguments: [
            ("urges: everybody", "expected one of owner, head, nobody"),
            ("escalates: nowhere", "there is no department or escalation or party outside 'nowhere'"),
            ("extension: 2 days", "expected keys and values"),
            ("extension: {atMost: 2 days}", "'approvedBy' is missing"),
            ("extension: {atMost: same day, approvedBy: head}", "is no length of time"),
            ("extension: {atMost: 2 days, approvedBy: anybody}", "expected one of head, supervisor"),
        ])
    func mistakes(keys: String, message: String) throws {
        let refused = #expect(throws: PolicyInvalid.self) { try clock(keys) }
        #expect(
            refused?.problems.contains { $0.message.contains(message) && $0.line == 36 } == true, "\(refused as Any)")
    }

    @Test(
        "An allowance is written as it is read",
        arguments: [
            "1 minute", "30 minutes", "2 hours", "1 day", "7 days", "30 working minutes", "4 working hours",
            "1 working day", "3 working days", "same day",
        ])
    func allowanceText(text: String) {
        #expect(Allowance(text)?.text == text)
    }
}
