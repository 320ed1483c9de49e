import Contracts
import Cryptography
import Foundation
import GRDB
import Persistence

/// What Intake heard. Every change is on disk before its verb returns, together with what the other services are told.
package struct IntakeStore: Sendable {
    let database: ServiceDatabase
    private let instance: String
    private let timeZone: TimeZone

    /// - Parameters:
    ///   - instance: two characters, part of every number.
    ///   - timeZone: in which the days of numbers begin.
    package init(_ database: ServiceDatabase, instance: String, timeZone: TimeZone) {
        self.database = database
        self.instance = instance
        self.timeZone = timeZone
    }

    /// What the customer is told.
    package struct Receipt: Hashable, Sendable {
        package var number: TicketNumber
        package var trackingCode: String
        package var acceptedAt: Date
        /// True when the same submission had come before, and this is its answer again.
        package var isRepeat: Bool
    }

    /// The key came before, with something else under it.
    package struct KeyReused: Error, Hashable {}

    /// The work order from above has been registered already (V01).
    package struct UpstreamKnown: Error, Hashable {
        package var number: TicketNumber
    }

    /// Receipts answer repeated submissions for this long, in seconds.
    static let receiptLifetime: Double = 30 * 86_400

    /// Accepts a complaint: gives it a number, keeps it, and says so to the other services. Rules M06, K03.
    ///
    /// - Parameters:
    ///   - protected: the reporter's identity is kept apart (W21): neither the complaint nor the message has it.
    ///   - key: the same key gets the same answer, and makes no second complaint.
    /// - Throws: `KeyReused`, `UpstreamKnown`.
    package func accept(
        _ draft: ComplaintDraft, evidence: [EvidenceReference] = [], protected: Bool = false, key: String? = nil
    ) async throws -> Receipt {
        let keyHash = key.map { SHA256.hex("complaint \($0)") }
        let (draft, reporter, evidence) = Self.open(draft, evidence, protected: protected)
        let fingerprint = try draft.fingerprint(evidence: evidence, reporter: reporter)
        let code = TrackingCode.fresh()
        let instance = instance
        let timeZone = timeZone
        return try await database.write { unit in
            if let keyHash, let receipt = try Self.receipt(keyHash, fingerprint, in: unit.db) { return receipt }
            if let upstream = draft.upstreamNumber,
                let known = try ComplaintRow.upstream(upstream, channel: draft.channel, in: unit.db)
            {
                throw UpstreamKnown(number: known)
            }
            let day = DayText.compact(unit.now, timeZone)
            let number = try Self.nextNumber(day: day, instance: instance, in: unit.db)
            let complaint = draft.complaint(registeredAt: unit.now, evidence: evidence)
            let hash = TrackingCode.hash(code, of: number)
            try ComplaintRow(number, complaint, trackingHash: hash, settledOutcome: draft.settledOutcome)
                .insert(in: unit.db)
            if let reporter { try ReporterRow.insert(reporter, of: number, in: unit.db) }
            try EvidenceRow.insert(evidence, of: number, at: unit.now, in: unit.db)
            if let keyHash {
                try Self.remember(keyHash, fingerprint, number, code, at: unit.now, in: unit.db)
            }
            try unit.count(.received, day: day, channel: complaint.channel)
            try unit.send(
                ComplaintReceived(
                    complaint: complaint, trackingCodeHash: hash, settledOutcome: draft.settledOutcome),
                about: number)
            return Receipt(number: number, trackingCode: code, acceptedAt: unit.now, isRepeat: false)
        }
    }

    /// What goes out, and apart from it the reporter when they are protected.
    private static func open(
        _ draft: ComplaintDraft, _ evidence: [EvidenceReference], protected: Bool
    ) -> (ComplaintDraft, Reporter?, [EvidenceReference]) {
        guard protected else { return (draft, nil, evidence) }
        let (report, reporter) = Sealing.seal(draft)
        return (report, reporter, Sealing.neutral(evidence))
    }

    private static func nextNumber(day: String, instance: String, in db: Database) throws -> TicketNumber {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO dayCounter (day, last) VALUES (?, 1)
                ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last
                """)
        let count = try Int.fetchOne(statement, arguments: [day]) ?? 1
        let digits = String(count)
        let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        guard let number = TicketNumber("C\(day)-\(instance)-\(padded)") else {
            throw DatabaseError(message: "no number can be made of \(day), \(instance) and \(count)")
        }
        return number
    }

    // MARK: Idempotency

    private static func receipt(_ key: String, _ fingerprint: String, in db: Database) throws -> Receipt? {
        let statement = try db.cachedStatement(
            sql: "SELECT fingerprint, number, trackingCode, answeredAt FROM receipt WHERE key = ?")
        guard let row = try Row.fetchOne(statement, arguments: [key]) else { return nil }
        guard row["fingerprint"] == fingerprint, let number = TicketNumber(row["number"]),
            let answeredAt = RFC3339.date(row["answeredAt"])
        else { throw KeyReused() }
        return Receipt(
            number: number, trackingCode: row["trackingCode"] ?? "", acceptedAt: answeredAt, isRepeat: true)
    }

    private static func remember(
        _ key: String, _ fingerprint: String, _ number: TicketNumber, _ code: String?, at now: Date, in db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO receipt (key, fingerprint, number, trackingCode, answeredAt)
                VALUES (?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [key, fingerprint, number.text, code, RFC3339.text(now)])
        let prune = try db.cachedStatement(sql: "DELETE FROM receipt WHERE answeredAt < ?")
        try prune.execute(arguments: [RFC3339.text(now.addingTimeInterval(-receiptLifetime))])
    }

    // MARK: Afterwards

    /// Something that is said about a complaint after it was accepted.
    package enum Remark: Hashable, Sendable {
        case supplement(narrative: String, evidence: [EvidenceReference])
        /// 催单
        case chase(comment: String?)
        case withdrawal(reason: String?)

        /// The remark and its author without the protected reporter's identity (W21).
        fileprivate func sealed(_ reporter: Reporter, _ actor: Actor) -> (Remark, Actor) {
            let actor = actor.name != nil && actor.name == reporter.recordedBy ? Actor.customer : actor
            let remark: Remark =
                switch self {
                case .supplement(let narrative, let evidence):
                    .supplement(
                        narrative: Sealing.redact(narrative, reporter), evidence: Sealing.neutral(evidence))
                case .chase(let comment): .chase(comment: comment.map { Sealing.redact($0, reporter) })
                case .withdrawal(let reason): .withdrawal(reason: reason.map { Sealing.redact($0, reporter) })
                }
            return (remark, actor)
        }

        /// What tells whether two remarks under one key say the same.
        fileprivate var essence: String {
            switch self {
            case .supplement(let narrative, let evidence):
                "supplement|\(narrative)|\(evidence.map(\.sha256).joined(separator: ","))"
            case .chase(let comment): "chase|\(comment ?? "")"
            case .withdrawal(let reason): "withdrawal|\(reason ?? "")"
            }
        }
    }

    package enum RemarkOutcome: Hashable, Sendable {
        /// When it was taken down, now or before under the same key.
        case taken(at: Date)
        /// The complaint has been withdrawn: nothing can be added.
        case withdrawn
        case unknownComplaint
    }

    /// The same words of the same person within so many seconds were sent twice.
    static let twice: TimeInterval = 30

    /// Takes down a remark and tells the other services. Withdrawing twice is withdrawing once; so is saying the same
    /// twice within half a minute without a key.
    ///
    /// - Throws: `KeyReused`.
    package func add(
        _ remark: Remark, to number: TicketNumber, by actor: Actor, key: String? = nil
    ) async throws -> RemarkOutcome {
        let keyHash = key.map { SHA256.hex("remark \(number) \($0)") }
        let fingerprint = SHA256.hex(remark.essence)
        let wordsHash = SHA256.hex("words \(number) \(actor.kind.rawValue) \(actor.name ?? "") \(fingerprint)")
        return try await database.write { unit in
            if let keyHash, let receipt = try Self.receipt(keyHash, fingerprint, in: unit.db) {
                return .taken(at: receipt.acceptedAt)
            }
            if keyHash == nil, let receipt = try Self.receipt(wordsHash, fingerprint, in: unit.db),
                unit.now.timeIntervalSince(receipt.acceptedAt) < Self.twice
            {
                return .taken(at: receipt.acceptedAt)
            }
            guard let row = try ComplaintRow.fetch(number, in: unit.db) else { return .unknownComplaint }
            if let withdrawnAt = row.withdrawnAt {
                if case .withdrawal = remark { return .taken(at: withdrawnAt) }
                return .withdrawn
            }
            if let reporter = try ReporterRow.fetch(number, in: unit.db) {
                let (remark, actor) = remark.sealed(reporter, actor)
                try Self.take(remark, number, actor, unit)
            } else {
                try Self.take(remark, number, actor, unit)
            }
            try Self.remember(keyHash ?? wordsHash, fingerprint, number, nil, at: unit.now, in: unit.db)
            return .taken(at: unit.now)
        }
    }

    private static func take(_ remark: Remark, _ number: TicketNumber, _ actor: Actor, _ unit: UnitOfWork) throws {
        switch remark {
        case .supplement(let narrative, let evidence):
            try RemarkRow.insert("supplement", narrative, number, actor, at: unit.now, in: unit.db)
            try EvidenceRow.insert(evidence, of: number, at: unit.now, in: unit.db)
            try unit.send(ComplaintSupplemented(narrative: narrative, evidence: evidence, by: actor), about: number)
        case .chase(let comment):
            try RemarkRow.insert("chase", comment, number, actor, at: unit.now, in: unit.db)
            try unit.send(ComplaintChased(comment: comment, by: actor), about: number)
        case .withdrawal(let reason):
            try RemarkRow.insert("withdrawal", reason, number, actor, at: unit.now, in: unit.db)
            try ComplaintRow.markWithdrawn(number, at: unit.now, in: unit.db)
            try unit.send(ComplaintWithdrawn(reason: reason, by: actor), about: number)
        }
    }

    // MARK: Reading

    package func complaint(_ number: TicketNumber) async throws -> ComplaintRow? {
        try await database.read { db in try ComplaintRow.fetch(number, in: db) }
    }

    package func evidence(of number: TicketNumber) async throws -> [EvidenceReference] {
        try await database.read { db in try EvidenceRow.fetch(of: number, in: db) }
    }

    package func evidence(id: String) async throws -> EvidenceReference? {
        try await database.read { db in try EvidenceRow.fetch(id: id, in: db) }
    }

    package func remarks(on number: TicketNumber) async throws -> [RemarkRow] {
        try await database.read { db in try RemarkRow.fetch(of: number, in: db) }
    }

    /// The complaint that a file of evidence belongs to.
    package func complaint(ofEvidence id: String) async throws -> ComplaintRow? {
        try await database.read { db in
            try EvidenceRow.number(of: id, in: db).flatMap { try ComplaintRow.fetch($0, in: db) }
        }
    }

    /// Complaints with a number from above (V01), or by a telephone or an e-mail address; the newest first.
    package func matching(_ text: String, limit: Int) async throws -> [ComplaintRow] {
        try await database.read { db in try ComplaintRow.matching(text, limit: limit, in: db) }
    }

    /// The newest complaints, page by page.
    /// - Parameter before: the last number of the page before.
    package func recent(before: TicketNumber? = nil, limit: Int) async throws -> [ComplaintRow] {
        try await database.read { db in try ComplaintRow.recent(before: before, limit: limit, in: db) }
    }

    /// Earlier complaints by the same telephone or e-mail address, the newest first.
    package func others(like number: TicketNumber, since instant: Date, limit: Int = 10) async throws -> [ComplaintRow]
    {
        try await database.read { db in
            try ComplaintRow.others(like: number, since: instant, limit: limit, in: db)
        }
    }
}

/// Days as they stand in numbers.
package enum DayText {
    /// `20261121`
    package static func compact(_ date: Date, _ timeZone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return String((parts.year ?? 0) * 10_000 + (parts.month ?? 0) * 100 + (parts.day ?? 0))
    }
}
