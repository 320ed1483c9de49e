import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@Suite("Subscriptions")
struct SubscriptionTableTests {
    let table = SubscriptionTable<Void>([
        Subscription(ComplaintChased.self) { _, _ in .handled },
        Subscription(CaseReturned.self, for: DepartmentID("logistics")) { _, _ in .duplicate },
    ])

    private func wire() throws -> WireMessage {
        try TestMessages.wire(ComplaintChased(comment: nil, by: .customer), about: try TestMessages.number(1))
    }

    private func failure(of message: WireMessage) throws -> FailureReason? {
        do {
            if case .park(let reason) = try table.handle(message, in: ()) { return reason }
            return nil
        } catch HandlingInterruption.park(let reason) {
            return reason
        }
    }

    @Test func handsAMessageToItsHandler() throws {
        #expect(try table.handle(try wire(), in: ()) == .handled)
    }

    @Test func bindsToOneDepartmentOrToAny() {
        #expect(table.bindingKeys == ["complaint.chased.*", "case.returned.logistics"])
    }

    @Test func parksWhatIsNotJSON() throws {
        var message = try wire()
        message.body = Data("{oops".utf8)
        #expect(try failure(of: message)?.kind == .malformed)
    }

    @Test(arguments: ["redress/routing", "redress/nobody", "somebody/intake", "redress", "redress//01"])
    func parksWhatItsSourceNeverSays(source: String) throws {
        var message = try wire()
        message.headers[EnvelopeCoding.Header.source] = .text(source)
        let reason = try failure(of: message)
        #expect(reason?.kind == .rejected && reason?.place == EnvelopeCoding.Header.source)
    }

    @Test func parksAnUnknownType() throws {
        var message = try wire()
        message.headers[EnvelopeCoding.Header.type] = "redress.complaint.sung.v1"
        #expect(try failure(of: message)?.kind == .unknownType)
    }

    @Test func parksAWrongVersionAndNamesTheKnownOne() throws {
        var message = try wire()
        message.headers[EnvelopeCoding.Header.type] = "redress.complaint.chased.v9"
        let reason = try #require(try failure(of: message))
        #expect(reason.kind == .wrongVersion)
        #expect(reason.message.contains("redress.complaint.chased.v1"))
    }

    @Test(arguments: [
        (#"{"comment":"x"}"#, "/by"),
        (#"{"by":{"kind":"robot"}}"#, "/by/kind"),
        (#"{"by":{"kind":"customer"},"comment":7}"#, "/comment"),
    ])
    func parksAWrongFieldAndPointsAtIt(body: String, pointer: String) throws {
        var message = try wire()
        message.body = Data(body.utf8)
        let reason = try #require(try failure(of: message))
        #expect(reason.kind == .schema)
        #expect(reason.place == pointer)
    }

    @Test func ignoresUnknownFields() throws {
        var message = try wire()
        message.body = Data(#"{"by":{"kind":"customer"},"mood":"bad"}"#.utf8)
        #expect(try table.handle(message, in: ()) == .handled)
    }
}
