import AMQP
import Contracts
import Foundation
import Testing

@testable import CommandLineTool

@Suite struct TraceTests {
    private let number: TicketNumber
    private let start = Date(timeIntervalSince1970: 1_795_250_000)

    init() throws { number = try #require(TicketNumber("C20261121-01-000042")) }

    private func envelope(
        _ type: MessageType, after seconds: Double, cause: String, id: UUID = UUID(), of subject: TicketNumber? = nil
    ) -> Envelope {
        Envelope(
            id: id, source: "redress/test", type: type, subject: subject ?? number,
            time: start.addingTimeInterval(seconds), correlationID: number.text, causationID: cause, ticketSequence: 1)
    }

    @Test("A reaction's latency counts from its cause, a person's from the event before")
    func latency() {
        let received = envelope(ComplaintReceived.type, after: 0, cause: "request-1")
        let accepted = envelope(ComplaintAccepted.type, after: 0.012, cause: received.id.uuidString)
        let assigned = envelope(CaseAssigned.type, after: 0.02, cause: received.id.uuidString.lowercased())
        let id = UUID()
        let signed = envelope(CaseAcknowledged.type, after: 3600, cause: id.uuidString.lowercased(), id: id)
        let trace = Trace(number: number, envelopes: [received, accepted, assigned, signed])
        #expect(trace.events.map(\.latencyMilliseconds) == [0, 12, 20, 3_599_980])
        #expect(trace.events.map(\.elapsedMilliseconds) == [0, 12, 20, 3_600_000])
        #expect(trace.events.map(\.isReaction) == [false, true, true, false])
    }

    @Test("What was published twice counts once; other complaints do not count")
    func duplicates() throws {
        let other = try #require(TicketNumber("C20261121-01-000043"))
        let received = envelope(ComplaintReceived.type, after: 0, cause: "request-1")
        let foreign = envelope(ComplaintReceived.type, after: 1, cause: "request-9", of: other)
        let trace = Trace(number: number, envelopes: [received, foreign, received])
        #expect(trace.events.map(\.id) == [received.id])
    }

    @Test(
        "Durations are written for people",
        arguments: [
            (0, "0 ms"), (999, "999 ms"), (1000, "1.0 s"), (61_000, "1.0 min"), (5_400_000, "1.5 h"), (-3, "-3 ms"),
        ])
    func durations(milliseconds: Int, text: String) {
        #expect(Trace.duration(milliseconds) == text)
    }

    @Test("Reading begins two days before the day in the number, or at the beginning when a clock runs ahead")
    func beginning() throws {
        let day = try #require(RFC3339.date("2026-11-21T00:00:00Z"))
        #expect(
            JournalReader.start(for: number, now: day.addingTimeInterval(60)) == .time(day.addingTimeInterval(-172_800))
        )
        #expect(JournalReader.start(for: number, now: day.addingTimeInterval(-60)) == .first)
    }
}

@Suite struct TextTableTests {
    @Test("Columns align under Chinese letters, which are twice as wide")
    func alignment() {
        let table = TextTable(headings: ["id", "title"], rows: [["物流", "a"], ["x", "b"]])
        #expect(table.text == "id    title\n物流  a\nx     b")
    }
}
