import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import Procedure
import TestSupport

@testable import CallbackService

/// Callback without its pages.
struct CallbackHouse: Sendable {
    let station: Station
    private let rules: CallbackRules
    private let clock: ManualClock

    init(_ pack: PolicyPack, in folder: TemporaryFolder, on exchange: Exchange, clock: ManualClock) throws {
        rules = CallbackRules(pack)
        let database = try ServiceDatabase(
            path: folder.path("callback.sqlite"), source: "redress/callback", clock: clock
        ) { CallbackMigrations.register(in: &$0) }
        station = Station(
            user: "callback", database, as: .callback, CallbackSubscriptions(rules: rules).all, on: exchange,
            clock: clock)
        self.clock = clock
    }

    /// Looks at what is due now, as the timer does.
    func look() async throws {
        while try await DueConversations(station.database, rules: rules).settle() > 0 {}
    }

    /// The customer answers a proposal.
    /// - Returns: why it was refused; nil when it was taken.
    @discardableResult
    func answer(
        _ number: TicketNumber, _ version: Int, _ answer: ProposalAnswer, comment: String? = "好"
    ) async throws -> Rejection? {
        try await refusal {
            try await ProposalAnswers(station.database, rules: rules).answer(
                version, of: number, answer, Statement(comment: comment, by: .customer))
        }
    }

    /// - Returns: why it was refused; nil when it was taken.
    @discardableResult
    func rule(_ number: TicketNumber, _ version: Int, _ verdict: RulingVerdict) async throws -> Rejection? {
        try await refusal {
            try await ProposalAnswers(station.database, rules: rules).rule(
                version, of: number, verdict, Statement(comment: "依约定裁定", by: .staff("gu")))
        }
    }

    /// The customer says how it went.
    /// - Returns: why it was refused; nil when it was taken.
    @discardableResult
    func survey(_ number: TicketNumber, solved: Bool) async throws -> Rejection? {
        try await refusal {
            try await Callbacks(station.database, rules: rules).record(
                about: number, .reached(solved: solved, satisfaction: solved ? 5 : 1), call: nil,
                Statement(comment: solved ? "满意" : "还是坏的", by: .customer))
        }
    }

    /// The customer answers a department's question.
    /// - Parameter request: counts all questions about the complaint.
    func inform(_ number: TicketNumber, _ answer: String, to request: Int = 1) async throws {
        try await CustomerAnswers(station.database, rules: rules).answerInformation(
            request, of: number, answer, by: .customer)
    }

    /// Somebody notes that the customer was told of a version by telephone.
    func tell(_ number: TicketNumber, _ version: Int, at instant: Date) async throws {
        try await ProposalAnswers(station.database, rules: rules).present(
            Telling(version: version, way: "phone", at: instant, by: .staff("caller")), of: number)
    }

    func record(_ number: TicketNumber) async throws -> ComplaintRecord? {
        try await station.database.read { try ComplaintRecord.fetchOne($0, key: number.text) }
    }

    func view(_ number: TicketNumber) async throws -> View? {
        guard let record = try await record(number) else { return nil }
        // A leading complaint that waits for its members is closed here and not said to be (S16).
        let isHeld = try await isHeld(number)
        return View(
            service: "callback", stands: isHeld ? [.calling] : Self.stands(record.standing), round: record.round,
            lead: record.lead.flatMap(DepartmentID.init), version: try await shown(number),
            survivor: record.mergedInto.flatMap(TicketNumber.init), outcome: isHeld ? nil : record.outcome)
    }

    /// The highest version that is open to the customer, or was.
    private func shown(_ number: TicketNumber) async throws -> Int {
        try await station.database.read { db in
            try Int.fetchOne(db, sql: "SELECT max(version) FROM proposal WHERE number = ?", arguments: [number.text])
                ?? 0
        }
    }

    /// What came to the customer.
    func proposals(_ number: TicketNumber) async throws -> [ProposalRecord] {
        try await file(number)?.proposals ?? []
    }

    func file(_ number: TicketNumber) async throws -> CustomerFile? {
        try await station.database.read { try CustomerFile.fetch(number, in: $0) }
    }

    private func isHeld(_ number: TicketNumber) async throws -> Bool {
        try await station.database.read { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM heldClosing WHERE lead = ?)", arguments: [number.text]) ?? false
        }
    }

    private func refusal(_ change: () async throws -> Void) async throws -> Rejection? {
        do {
            try await change()
            return nil
        } catch let rejection as Rejection {
            return rejection
        }
    }

    private static func stands(_ standing: Standing.Name) -> Set<Stand> {
        switch standing {
        case .received: [.judging, .assigning]
        case .explaining: [.explaining]
        case .disputed: [.judging]
        case .inProgress, .reworking: [.assigning, .signing, .working, .approving]
        case .proposed, .ruling: [.withCustomer]
        case .agreed: [.carryingOut]
        case .callbackDue, .soothing: [.calling]
        case .closed: [.closed]
        case .withdrawn: [.withdrawn]
        case .merged: [.merged]
        }
    }
}
