import Contracts
import Foundation
import Logging
import Messaging
import Persistence
import Procedure
import TestSupport
import Testing

@testable import RoutingService

enum Samples {
    static let packFile = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "compose/policies/service-standard.yaml").path()

    static func department(_ id: String) -> DepartmentID {
        guard let department = DepartmentID(id) else { preconditionFailure("no department id: \(id)") }
        return department
    }

    static func number(_ counter: Int) -> TicketNumber {
        guard let number = TicketNumber(String(format: "C20261120-01-%06d", counter)) else {
            preconditionFailure("no number: \(counter)")
        }
        return number
    }

    static func complaint(
        _ narrative: String = "收到的手机第二天就黑屏了", kind: ComplaintKind = .complaint, amount: String? = nil,
        flags: [String] = [], at: Date = ManualClock().now()
    ) -> Complaint {
        Complaint(
            channel: "web", kind: kind, heardAt: at, registeredAt: at,
            complainant: Complainant(name: "王芳", phone: "13800000000"), about: ComplaintSubject(product: "手机"),
            narrative: narrative, request: "请尽快解决", amount: amount.flatMap(Money.init), flags: flags)
    }

    static func solution(_ version: Int) -> Solution {
        Solution(
            version: version, measures: "换新机", completionDue: ManualClock().now().addingTimeInterval(86400),
            grounds: "三包规定", draftedBy: "li.na", draftedAt: ManualClock().now())
    }
}

/// A store of its own with the desk and the handlers on it, a clock that stands still, and what was said.
final class RoutingBench: Sendable {
    let folder: TemporaryFolder
    let clock = ManualClock()
    let pack: PolicyPack
    let store: RoutingStore
    let desk: TriageDesk
    let handler: TransactionalHandler

    init() throws {
        folder = try TemporaryFolder()
        pack = try PolicyPack.load(file: Samples.packFile)
        store = try RoutingStore(path: folder.path("routing.sqlite"), clock: clock)
        let work = CaseWork(pack: pack)
        desk = TriageDesk(store: store, work: work)
        handler = TransactionalHandler(
            store.database, RoutingSubscriptions(work: work).list, logger: Logger(label: "test"))
    }

    @discardableResult
    func hear(_ event: some Event, about number: TicketNumber = Samples.number(1), id: UUID = UUID()) async throws
        -> Outcome
    {
        let wire = try TestMessages.wire(event, about: number, id: id, at: clock.now())
        return try #require(try await handler.handle([wire]).first)
    }

    @discardableResult
    func receive(_ complaint: Complaint = Samples.complaint(), about number: TicketNumber = Samples.number(1))
        async throws
        -> Outcome
    {
        try await hear(ComplaintReceived(complaint: complaint, trackingCodeHash: "00"), about: number)
    }

    /// The types of everything said so far, in order, as `noun.verb`.
    func said() async throws -> [String] { try await messages().map { "\($0.type.noun).\($0.type.verb)" } }

    /// The payloads of one type said so far.
    func said<Payload: Event>(_ type: Payload.Type) async throws -> [Payload] {
        try await messages().filter { $0.type == Payload.type }.map { try ContractJSON.decode(type, from: $0.body) }
    }

    private func messages() async throws -> [(type: MessageType, body: Data)] {
        try await store.database.read { db in try OutboxProbe.messages(in: db) }.map { wire in
            (try EnvelopeCoding.envelope(of: wire).type, wire.body)
        }
    }

    func state(of number: TicketNumber = Samples.number(1)) async throws -> StateName? {
        try await store.dossier(number)?.record.state
    }

    func ledger() async throws -> [String: Int] { try await store.database.read(OutboxProbe.ledger) }
}
