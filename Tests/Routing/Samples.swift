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

    /// - Parameters:
    ///   - name: a shipped pack.
    ///   - sections: in the place of the pack's own.
    ///   - change: makes the pack say something else.
    init(
        pack name: String = "service-standard", sections: [String: String] = [:],
        _ change: (inout PolicyPack) -> Void = { _ in }
    ) throws {
        folder = try TemporaryFolder()
        let file = URL(filePath: Samples.packFile).deletingLastPathComponent().appending(path: "\(name).yaml")
        var pack: PolicyPack
        if sections.isEmpty {
            pack = try PolicyPack.load(file: file.path())
        } else {
            var parts = try PackSections(file: file)
            for (key, text) in sections { parts.set(key, text) }
            pack = try parts.load(in: folder.url)
        }
        change(&pack)
        self.pack = pack
        store = RoutingStore(
            try ServiceDatabase(
                path: folder.path("routing.sqlite"), source: RoutingStore.source, clock: clock,
                migrate: RoutingMigrations.register))
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
        try await store.database.read { db in try StoreProbe.messages(in: db) }.map { wire in
            (try EnvelopeCoding.envelope(of: wire).type, wire.body)
        }
    }

    func state(of number: TicketNumber = Samples.number(1)) async throws -> StateName? {
        try await store.dossier(number)?.record.state
    }

    func ledger() async throws -> [String: Int] { try await store.database.read(StoreProbe.ledger) }
}

extension RoutingBench {
    /// Brings a complaint to a state by what other services and people would do.
    func bring(to state: StateName) async throws {
        let quality = Samples.department("product-quality")
        let number = Samples.number(1)
        switch state {
        case .awaitingJudgement: try await receive(Samples.complaint("差差差"))
        case .awaitingAnswer: try await receive(Samples.complaint(kind: .enquiry))
        case .awaitingAssignment: try await receive(Samples.complaint(flags: ["injury"]))
        case .awaitingAcknowledgement: try await receive()
        case .settled:
            try await hear(
                ComplaintReceived(complaint: Samples.complaint(), trackingCodeHash: "00", settledOutcome: "当场换货"))
        case .answered, .explaining:
            try await bring(to: .awaitingJudgement)
            let verdict: JudgementOrder.Verdict = state == .answered ? .enquiry : .invalid
            _ = try await desk.judge(number, JudgementOrder(verdict: verdict, reason: "说明"), by: "c")
        case .investigating:
            try await bring(to: .awaitingAcknowledgement)
            try await hear(CaseAcknowledged(department: quality, assignment: 1, by: .staff("li.na")))
        case .awaitingApproval:
            try await bring(to: .investigating)
            try await hear(SolutionDrafted(department: quality, solution: Samples.solution(1), needs: "超出额度"))
        case .proposed:
            try await bring(to: .awaitingApproval)
            try await hear(
                SolutionProposed(
                    department: quality, departmentTitle: LocalizedText(zhHans: "质", en: "Q"),
                    solution: Samples.solution(1)))
        case .revising, .implementing:
            try await bring(to: .proposed)
            if state == .revising {
                try await hear(SolutionDeclined(department: quality, version: 1, objection: "不够", by: .customer))
            } else {
                try await hear(SolutionAccepted(department: quality, version: 1, by: .customer))
            }
        case .callback:
            try await bring(to: .implementing)
            try await hear(
                SolutionImplemented(
                    department: quality, version: 1, outcome: "已换", completedAt: clock.now(), by: .staff("li.na")))
        case .closed:
            try await bring(to: .callback)
            try await hear(CallbackCompleted(solved: true, satisfaction: 5, by: .staff("caller")))
            try await hear(ComplaintClosed(department: quality, outcome: .satisfied, by: .system("callback")))
        case .withdrawn:
            try await bring(to: .investigating)
            try await hear(ComplaintChased(comment: "怎么样了", by: .customer))
            try await hear(InformationRequested(department: quality, request: 1, question: "发票?", by: .staff("li.na")))
            try await hear(ComplaintWithdrawn(reason: "算了", by: .customer))
        case .merged:
            try await bring(to: .awaitingAcknowledgement)
            try await receive(about: Samples.number(2))
            _ = try await desk.merge(number, into: Samples.number(2), reason: "重复", by: "c")
        }
    }
}
