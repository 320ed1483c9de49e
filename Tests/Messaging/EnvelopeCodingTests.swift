import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@Suite("Envelope on the wire")
struct EnvelopeCodingTests {
    let event = ComplaintChased(comment: "还没有消息", by: .customer)

    @Test func comesBackAsItWasSent() throws {
        let envelope = Envelope(
            id: UUID(), source: "redress/intake/01", type: ComplaintChased.type, subject: try TestMessages.number(7),
            time: Date(timeIntervalSince1970: 1_795_000_000.123), correlationID: "c", causationID: "d",
            traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", ticketSequence: 3)
        let wire = try EnvelopeCoding.wireMessage(envelope: envelope, payload: event)
        #expect(try EnvelopeCoding.envelope(of: wire) == envelope)
        #expect(try PayloadDecoding.decode(ComplaintChased.self, from: wire.body) == event)
        #expect(wire.messageID == envelope.id.uuidString.lowercased())
        #expect(wire.contentType == "application/json")
    }

    @Test(arguments: [
        (EnvelopeCoding.Header.id, EnvelopeFault.missing(EnvelopeCoding.Header.id)),
        (EnvelopeCoding.Header.type, .missing(EnvelopeCoding.Header.type)),
        (EnvelopeCoding.Header.source, .missing(EnvelopeCoding.Header.source)),
        (EnvelopeCoding.Header.time, .missing(EnvelopeCoding.Header.time)),
    ])
    func namesTheMissingHeader(header: String, fault: EnvelopeFault) throws {
        var wire = try TestMessages.wire(event, about: try TestMessages.number(1))
        wire.headers[header] = nil
        #expect(throws: fault) { try EnvelopeCoding.envelope(of: wire) }
    }

    @Test(arguments: [
        (EnvelopeCoding.Header.id, HeaderValue.text("not-a-uuid"), EnvelopeFault.malformed(EnvelopeCoding.Header.id)),
        (EnvelopeCoding.Header.id, .integer(1), .malformed(EnvelopeCoding.Header.id)),
        (EnvelopeCoding.Header.time, "yesterday", .malformed(EnvelopeCoding.Header.time)),
        (EnvelopeCoding.Header.subject, "C1", .malformed(EnvelopeCoding.Header.subject)),
        (EnvelopeCoding.Header.type, "complaint.received", .unknownType("complaint.received")),
    ])
    func namesTheMalformedHeader(header: String, value: HeaderValue, fault: EnvelopeFault) throws {
        var wire = try TestMessages.wire(event, about: try TestMessages.number(1))
        wire.headers[header] = value
        #expect(throws: fault) { try EnvelopeCoding.envelope(of: wire) }
    }

    @Test func refusesAnotherContentType() throws {
        var wire = try TestMessages.wire(event, about: nil)
        wire.contentType = "text/plain"
        #expect(throws: EnvelopeFault.wrongContentType("text/plain")) { try EnvelopeCoding.envelope(of: wire) }
    }
}
