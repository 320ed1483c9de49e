import Contracts
import Cryptography
import Foundation

/// A complaint as somebody tells it, before it has a number. Rules M03, W02.
package struct ComplaintDraft: Hashable, Sendable {
    package var channel: String
    package var kind: ComplaintKind
    package var heardAt: Date
    package var complainant: Complainant
    package var about: ComplaintSubject
    package var reason: String?
    package var narrative: String
    package var request: String?
    package var amount: Money?
    package var affected: Int?
    package var flags: [String]
    package var language: String
    package var recordedBy: String?
    package var confirmed: Bool
    /// What settled it on the spot (M05).
    package var settledOutcome: String?
    /// The work order's number with whoever assigned it from above (V01).
    package var upstreamNumber: String?
    /// Sign-in names of the members of staff whom a report of misconduct is about (W21).
    package var concerned: [String]
    /// True when the reporter's identity was taken out: see `Sealing`.
    package var isSealed = false

    package init(
        channel: String, kind: ComplaintKind = .complaint, heardAt: Date, complainant: Complainant,
        about: ComplaintSubject = ComplaintSubject(), reason: String? = nil, narrative: String, request: String? = nil,
        amount: Money? = nil, affected: Int? = nil, flags: [String] = [], language: String = "zh-Hans",
        recordedBy: String? = nil, confirmed: Bool = true, settledOutcome: String? = nil,
        upstreamNumber: String? = nil, concerned: [String] = []
    ) {
        self.channel = channel
        self.kind = kind
        self.heardAt = heardAt
        self.complainant = complainant
        self.about = about
        self.reason = reason
        self.narrative = narrative
        self.request = request
        self.amount = amount
        self.affected = affected
        self.flags = flags
        self.language = language
        self.recordedBy = recordedBy
        self.confirmed = confirmed
        self.settledOutcome = settledOutcome
        self.upstreamNumber = upstreamNumber
        self.concerned = concerned
    }

    /// The record that the other services get.
    package func complaint(registeredAt: Date, evidence: [EvidenceReference]) -> Complaint {
        Complaint(
            channel: channel, kind: kind, heardAt: heardAt, registeredAt: registeredAt, complainant: complainant,
            about: about, reason: reason, narrative: narrative, request: request, amount: amount, affected: affected,
            flags: flags, evidence: evidence, language: language, recordedBy: recordedBy, confirmed: confirmed,
            upstreamNumber: upstreamNumber, protected: isSealed ? ProtectedReport(concerned: concerned) : nil)
    }

    /// What tells whether two submissions under one idempotency key say the same. The time of hearing is no part of it:
    /// a program that tries again may give the time of the new attempt.
    package func fingerprint(evidence: [EvidenceReference], reporter: Reporter? = nil) throws -> String {
        var same = complaint(registeredAt: .distantPast, evidence: [])
        same.heardAt = .distantPast
        let digests = evidence.map(\.sha256).joined(separator: ",")
        var text = try ContractJSON.encode(same) + Data("\(settledOutcome ?? "")|\(digests)".utf8)
        if let reporter { text += try ContractJSON.encode(reporter) }
        return SHA256.hex(text)
    }
}
