import Contracts
import Cryptography
import Foundation
import IntakeService
import Testing

@Suite struct IntakeStoreTests {
    @Test("A complaint gets its number, and the other services are told in the same breath (M06, K03)")
    func accept() async throws {
        let intake = try IntakeFixture()
        let receipt = try await intake.store.accept(intake.draft())
        #expect(receipt.number.text == "C20261120-01-000001")
        #expect(receipt.acceptedAt == intake.clock.now())
        #expect(!receipt.isRepeat)
        let said = try await intake.said(ComplaintReceived.self)
        #expect(said.count == 1)
        let message = try #require(said.first)
        #expect(message.envelope.subject == receipt.number)
        #expect(message.envelope.source == "redress/intake/01")
        #expect(message.payload.complaint.narrative == "送到时锅盖已经摔碎")
        #expect(message.payload.trackingCodeHash == SHA256.hex("\(receipt.number):\(receipt.trackingCode)"))
    }

    @Test("Numbers count up within a day of the pack's time zone, and begin again with the next")
    func numbers() async throws {
        let intake = try IntakeFixture()
        var numbers: [String] = []
        for _ in 0..<2 { numbers.append(try await intake.store.accept(intake.draft()).number.text) }
        // It is ten in the morning in China; fourteen hours later the next day has begun there, not yet in London.
        intake.clock.advance(by: 14 * 3600 - 1)
        numbers.append(try await intake.store.accept(intake.draft()).number.text)
        intake.clock.advance(by: 1)
        numbers.append(try await intake.store.accept(intake.draft()).number.text)
        #expect(
            numbers == [
                "C20261120-01-000001", "C20261120-01-000002", "C20261120-01-000003", "C20261121-01-000001",
            ])
    }

    @Test("The same key gets the same answer, also when the time of hearing is given anew; another body is refused")
    func idempotency() async throws {
        let intake = try IntakeFixture()
        let first = try await intake.store.accept(intake.draft(), key: "k1")
        intake.clock.advance(by: 60)
        let again = try await intake.store.accept(intake.draft(), key: "k1")
        #expect(again.isRepeat)
        #expect(again.number == first.number)
        #expect(again.trackingCode == first.trackingCode)
        #expect(again.acceptedAt == first.acceptedAt)
        await #expect(throws: IntakeStore.KeyReused.self) {
            try await intake.store.accept(intake.draft("something else"), key: "k1")
        }
        #expect(try await intake.store.accept(intake.draft(), key: "k2").number != first.number)
        #expect(try await intake.said(ComplaintReceived.self).count == 2)
    }

    @Test("Fifty submissions under one key at the same time are one complaint")
    func concurrentIdempotency() async throws {
        let intake = try IntakeFixture()
        let receipts = try await withThrowingTaskGroup(of: IntakeStore.Receipt.self) { group in
            for _ in 0..<50 { group.addTask { try await intake.store.accept(intake.draft(), key: "one") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.number)).count == 1)
        #expect(Set(receipts.map(\.trackingCode)).count == 1)
        #expect(receipts.filter { !$0.isRepeat }.count == 1)
        #expect(try await intake.said(ComplaintReceived.self).count == 1)
    }

    @Test("A hundred complaints at the same time have a hundred numbers without a gap")
    func concurrentNumbers() async throws {
        let intake = try IntakeFixture()
        let numbers = try await withThrowingTaskGroup(of: TicketNumber.self) { group in
            for _ in 0..<100 { group.addTask { try await intake.store.accept(intake.draft()).number } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let expected = (1...100).map { "C20261120-01-" + String(String($0 + 1_000_000).suffix(6)) }
        #expect(numbers.sorted().map(\.text) == expected)
    }

    @Test("What was accepted is there after the process is gone, with what has not been told yet")
    func durable() async throws {
        let intake = try IntakeFixture()
        let number = try await intake.store.accept(intake.draft(), key: "k").number
        let database = try IntakeFixture.open(intake.folder, intake.clock)
        let reopened = IntakeStore(database, instance: "01", timeZone: .shanghai)
        #expect(try await reopened.complaint(number)?.complaint.narrative == "送到时锅盖已经摔碎")
        #expect(try await database.outboxBacklog().waiting == 1)
        #expect(try await reopened.accept(intake.draft(), key: "k").number == number)
        #expect(try await reopened.accept(intake.draft()).number.text == "C20261120-01-000002")
    }

    @Test("Supplements and chases are told; after a withdrawal nothing more, and withdrawing twice is once")
    func remarks() async throws {
        let intake = try IntakeFixture()
        let number = try await intake.store.accept(intake.draft()).number
        let other = try #require(TicketNumber("C20261120-01-999999"))
        #expect(try await intake.store.add(.chase(comment: nil), to: other, by: .customer) == .unknownComplaint)
        let taken = IntakeStore.RemarkOutcome.taken(at: intake.clock.now())
        let supplement = IntakeStore.Remark.supplement(narrative: "还有一张照片", evidence: [])
        #expect(try await intake.store.add(supplement, to: number, by: .customer, key: "s") == taken)
        #expect(try await intake.store.add(supplement, to: number, by: .customer, key: "s") == taken)
        #expect(try await intake.store.add(.chase(comment: "快点"), to: number, by: .staff("lin")) == taken)
        #expect(try await intake.store.add(.withdrawal(reason: "解决了"), to: number, by: .customer) == taken)
        intake.clock.advance(by: 60)
        #expect(try await intake.store.add(.withdrawal(reason: nil), to: number, by: .customer) == taken)
        #expect(try await intake.store.add(supplement, to: number, by: .customer) == .withdrawn)
        #expect(try await intake.said(ComplaintSupplemented.self).map(\.payload.narrative) == ["还有一张照片"])
        #expect(try await intake.said(ComplaintChased.self).map(\.payload.by) == [.staff("lin")])
        #expect(try await intake.said(ComplaintWithdrawn.self).map(\.payload.reason) == ["解决了"])
        let sequences = try await intake.said(ComplaintWithdrawn.self).map(\.envelope.ticketSequence)
        #expect(sequences == [4])
    }

    @Test("The same contact is found again, others are not")
    func others() async throws {
        let intake = try IntakeFixture()
        let first = try await intake.store.accept(intake.draft(phone: "+86 139-0001-0001")).number
        _ = try await intake.store.accept(intake.draft(phone: "13900010002"))
        let third = try await intake.store.accept(intake.draft(phone: "13900010001")).number
        let found = try await intake.store.others(like: third, since: intake.clock.now() - 60)
        #expect(found.map(\.number) == [first])
        #expect(try await intake.store.others(like: third, since: intake.clock.now() + 60).isEmpty)
    }

    @Test("The list goes page by page without leaving out or repeating")
    func pages() async throws {
        let intake = try IntakeFixture()
        for index in 0..<7 {
            if index == 4 { intake.clock.advance(by: 10) }
            _ = try await intake.store.accept(intake.draft())
        }
        var numbers: [TicketNumber] = []
        while true {
            let page = try await intake.store.recent(before: numbers.last, limit: 3)
            if page.isEmpty { break }
            numbers += page.map(\.number)
        }
        #expect(numbers.map(\.text) == (1...7).reversed().map { "C20261120-01-00000\($0)" })
    }

    @Test("Evidence is kept under its digest, once, and a changed file is noticed")
    func evidence() async throws {
        let intake = try IntakeFixture()
        let bytes = Data("a picture".utf8)
        let digest = try await intake.evidence.keep(bytes)
        #expect(digest == SHA256.hex("a picture"))
        #expect(try await intake.evidence.keep(bytes) == digest)
        #expect(try await intake.evidence.bytes(digest) == bytes)
        let file = intake.folder.url.appendingPathComponent("evidence/\(digest.prefix(2))/\(digest)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path).count == 1)
        try Data("another".utf8).write(to: file)
        await #expect(throws: EvidenceStore.Failure.self) { try await intake.evidence.bytes(digest) }
    }
}
