import Contracts
import Foundation
import Messaging
import TestSupport
import Testing

@testable import OperationsService

@Suite struct EditedCopyTests {
    private let test: TestStore
    private let publisher = ScriptedPublisher()

    init() throws { test = try TestStore() }

    @Test func identityIsLockedAndTheIDIsNew() async throws {
        let original = try Samples.received()
        let id = try await test.park(Samples.parked(original))
        let body = try ContractJSON.encode(Samples.complaint(channel: "hotline"))
        _ = try await test.store.edit(id, body: body, by: "op", because: "wrong channel")
        _ = try await test.replayer(publisher).replayOnce(limit: 10)
        let sent = try #require(publisher.published.first?.message)
        #expect(sent.body == body)
        #expect(sent.messageID != original.messageID)
        #expect(sent.headers["cloudEvents_id"]?.text == sent.messageID)
        #expect(sent.headers[EditedCopy.header]?.text == original.messageID)
        for header in ["type", "subject", "source", "time", "correlationid", "ticketsequence"] {
            #expect(sent.headers["cloudEvents_\(header)"] == original.headers["cloudEvents_\(header)"])
        }
        #expect(try await test.store.letter(id).audit.first?.detail == sent.messageID)
    }

    @Test func aCopyIsPublishedAgainWithTheSameIDAfterACrash() async throws {
        let id = try await test.park(Samples.parked(try Samples.received()))
        _ = try await test.store.edit(id, body: Data("{}".utf8), by: "op", because: "x")
        let before = try await test.store.staged(limit: 1, at: test.clock.now())
        let after = try await test.reopened().staged(limit: 1, at: test.clock.now())
        #expect(before == after)
        #expect(before.first?.message.messageID != nil)
    }

    @Test func aCopyThatFailsIsALetterOfItsOwnAndCanBeEditedAgain() async throws {
        let original = try await test.park(Samples.parked(try Samples.received()))
        _ = try await test.store.edit(original, body: Data("{}".utf8), by: "op", because: "x")
        let replayer = test.replayer(publisher)
        _ = try await replayer.replayOnce(limit: 10)
        let sent = try #require(publisher.published.first?.message)
        let copy = try await test.park(Samples.parked(sent, at: 1_795_002_000))
        #expect(copy != original)
        #expect(try await test.state(original) == .resolved(.edited))
        #expect(try await test.store.letter(copy).summary.replayOf == original)
        _ = try await test.store.edit(copy, body: Data("{\"a\":1}".utf8), by: "op", because: "second try")
        #expect(try await test.state(copy) == .staged(replay: 1))
    }

    @Test func aCopyThatStaysAwayResolvesItsOriginal() async throws {
        let id = try await test.park(Samples.parked(try Samples.received()))
        _ = try await test.store.edit(id, body: Data("{}".utf8), by: "op", because: "x")
        let replayer = test.replayer(publisher)
        _ = try await replayer.replayOnce(limit: 10)
        test.clock.advance(by: 60)
        _ = try await replayer.resolveOnce()
        #expect(try await test.state(id) == .resolved(.edited))
    }

    @Test(arguments: [
        ("not json", "redress.complaint.received.v1", FailureReason.Kind.malformed, "body"),
        ("{}", "redress.complaint.received.v1", .schema, "/complaint"),
        ("{}", "redress.complaint.received.v9", .unknownType, "type"),
        ("{}", "nonsense", .unknownType, "type"),
    ])
    func aBodyIsCheckedAgainstItsType(
        body: String, type: String, kind: FailureReason.Kind, place: String
    ) throws {
        #expect {
            try EditedCopy.check(Data(body.utf8), type: type)
        } throws: { error in
            guard case HandlingInterruption.park(let reason) = error else { return false }
            return reason.kind == kind && reason.place == place
        }
        try EditedCopy.check(try ContractJSON.encode(Samples.complaint()), type: "redress.complaint.received.v1")
    }
}
