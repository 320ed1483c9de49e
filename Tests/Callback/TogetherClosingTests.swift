import Contracts
import Foundation
import TestSupport
import Testing

@testable import CallbackService

@Suite struct TogetherClosingTests {
    private func received(settled: String?) -> ComplaintReceived {
        ComplaintReceived(
            complaint: Complaint(
                channel: "phone", kind: .complaint, heardAt: ManualClock().now(), registeredAt: ManualClock().now(),
                complainant: Complainant(name: "王芳", phone: "13800000000"), narrative: "墙面渗水", recordedBy: "lin"),
            trackingCodeHash: String(repeating: "0", count: 64), settledOutcome: settled)
    }

    private func number(_ counter: Int) throws -> TicketNumber {
        try #require(TicketNumber(String(format: "C20261120-01-%06d", counter)))
    }

    @Test("S16 A leading complaint is not said to be closed while one of the others is open, and then once")
    func heldAndReleased() async throws {
        let bench = try Bench()
        let (lead, second, third) = (try number(11), try number(12), try number(13))
        for member in [lead, second, third] {
            let grouped = ComplaintGrouped(group: lead.text, members: [lead, second, third], by: .staff("c"))
            #expect(try await bench.hear(grouped, about: member) == .handled)
            #expect(try await bench.hear(grouped, about: member) == .duplicate)
        }
        try await bench.hear(received(settled: nil), about: second)
        try await bench.hear(received(settled: nil), about: third)
        try await bench.hear(received(settled: "当场解决"), about: lead)
        #expect(try await bench.said(ComplaintClosed.self).isEmpty)
        #expect(try await bench.closedCount() == 0)
        try await bench.hear(ComplaintWithdrawn(reason: nil, by: .customer), about: second)
        #expect(try await bench.said(ComplaintClosed.self).isEmpty)
        try await bench.hear(ComplaintMerged(into: number(99), reason: "重复", by: .staff("c")), about: third)
        #expect(try await bench.said(ComplaintClosed.self).map(\.outcome) == [.settledAtFirstContact])
        #expect(try await bench.closedCount() == 1)
    }

    @Test("S16 A member is closed by itself; its end closes the lead when it was the last")
    func lastMember() async throws {
        let bench = try Bench()
        let (lead, member) = (try number(11), try number(12))
        for one in [lead, member] {
            try await bench.hear(
                ComplaintGrouped(group: lead.text, members: [lead, member], by: .staff("c")), about: one)
        }
        try await bench.hear(received(settled: "当场解决"), about: lead)
        #expect(try await bench.closedCount() == 0)
        try await bench.hear(received(settled: "当场解决"), about: member)
        #expect(try await bench.said(ComplaintClosed.self).count == 2)
        #expect(try await bench.closedCount() == 2)
    }
}
