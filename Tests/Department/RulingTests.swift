import Contracts
import Foundation
import Testing

@testable import DepartmentService

/// Rules K12, M17: what a ruling means for the department, in whichever order the messages come.
@Suite("Rulings")
struct RulingTests {
    private static let disputed = WorkNotice.disputed(version: 1, objection: "还是不够")

    static let verdicts: [(RulingVerdict, WorkState)] = [
        (.carryOut, .carryingOut), (.revise, .declined), (.close, .proposed),
    ]

    @Test("K12 M17 a disputed solution waits for the ruling, and then goes as it was ruled", arguments: verdicts)
    func ruled(_ verdict: RulingVerdict, _ state: WorkState) throws {
        let order = try Samples().order(.proposed)
        let ruling = WorkNotice.ruled(version: 1, verdict, reason: "方案合理")
        let waiting = try order.decide(Self.disputed, by: .customer, at: Samples.now).order
        #expect(waiting.state == .proposed)
        let after = try waiting.decide(ruling, by: .staff("sun"), at: Samples.now).order
        #expect(after.state == state)
        // The other order ends alike.
        let overtaken = try order.decide(ruling, by: .staff("sun"), at: Samples.now).order
        let late = try overtaken.decide(Self.disputed, by: .customer, at: Samples.now).order
        #expect(late.state == state)
    }

    @Test("K12 what was declined before may be ruled to hold after all") func afterDecline() throws {
        let order = try Samples().order(.declined)
        let ruling = WorkNotice.ruled(version: 1, .carryOut, reason: "方案合理")
        #expect(try order.decide(ruling, by: .staff("sun"), at: Samples.now).order.state == .carryingOut)
    }

    @Test func aRulingOnAnUnknownVersionComesAgain() throws {
        let order = try Samples().order(.proposed)
        #expect(throws: Premature.self) {
            try order.decide(.ruled(version: 9, .carryOut, reason: "x"), by: .staff("sun"), at: Samples.now)
        }
    }
}
