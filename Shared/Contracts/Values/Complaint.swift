import Foundation

/// What kind of thing the customer brought.
public enum ComplaintKind: String, Sendable, Codable, CaseIterable {
    /// 投诉
    case complaint
    /// 咨询 (S05)
    case enquiry
    /// 建议
    case suggestion
    /// 抱怨预警 (V02)
    case warning
}

/// Who complains, and how to reach them. Rules M03, W02.
public struct Complainant: Hashable, Sendable, Codable {
    public var name: String?
    public var phone: String?
    public var email: String?
    public var address: String?

    public init(name: String? = nil, phone: String? = nil, email: String? = nil, address: String? = nil) {
        self.name = name
        self.phone = phone
        self.email = email
        self.address = address
    }
}

/// What the complaint is about.
public struct ComplaintSubject: Hashable, Sendable, Codable {
    public var product: String?
    public var orderNumber: String?

    public init(product: String? = nil, orderNumber: String? = nil) {
        self.product = product
        self.orderNumber = orderNumber
    }
}

/// A piece of evidence by reference: the bytes stay with Intake, a message never carries them.
public struct EvidenceReference: Hashable, Sendable, Codable {
    /// Names the file within Intake.
    public var id: String
    public var name: String
    public var mediaType: String
    /// Bytes.
    public var size: Int
    /// Of the bytes, in lower-case hexadecimal.
    public var sha256: String

    public init(id: String, name: String, mediaType: String, size: Int, sha256: String) {
        self.id = id
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.sha256 = sha256
    }
}

/// The record of what was heard. Rules M03, M04, W02.
public struct Complaint: Hashable, Sendable, Codable {
    /// A channel of the policy pack: `hotline`, `web`, `app`, `email`, `social`, `outlet`, …
    public var channel: String
    public var kind: ComplaintKind
    /// When the customer was first heard; clocks start here.
    public var heardAt: Date
    /// When the number was given.
    public var registeredAt: Date
    public var complainant: Complainant
    public var about: ComplaintSubject
    /// 投诉事由, a short heading in the customer's words.
    public var reason: String?
    /// 具体经过, the course of events in the customer's words.
    public var narrative: String
    /// 客户诉求, what the customer asks for.
    public var request: String?
    public var amount: Money?
    /// How many people are affected.
    public var affected: Int?
    /// Free markers that a policy may test, for example `injury`, `media`, `authority`, `angry`.
    public var flags: [String]
    public var evidence: [EvidenceReference]
    /// The customer's language: `zh-Hans` or `en`.
    public var language: String
    /// The member of staff who recorded it; absent when the customer did.
    public var recordedBy: String?
    /// True when the record was read back to the customer and confirmed (M04).
    public var confirmed: Bool
    /// The number that it has with whoever assigned it from above (投诉工单号, V01); absent for the usual complaint.
    public var upstreamNumber: String?
    /// Set for a report whose reporter is protected (W21): who it is, Intake alone knows.
    public var protected: ProtectedReport?

    public init(
        channel: String, kind: ComplaintKind, heardAt: Date, registeredAt: Date, complainant: Complainant,
        about: ComplaintSubject = ComplaintSubject(), reason: String? = nil, narrative: String, request: String? = nil,
        amount: Money? = nil, affected: Int? = nil, flags: [String] = [], evidence: [EvidenceReference] = [],
        language: String = "zh-Hans", recordedBy: String? = nil, confirmed: Bool = true,
        upstreamNumber: String? = nil, protected: ProtectedReport? = nil
    ) {
        self.channel = channel
        self.kind = kind
        self.heardAt = heardAt
        self.registeredAt = registeredAt
        self.complainant = complainant
        self.about = about
        self.reason = reason
        self.narrative = narrative
        self.request = request
        self.amount = amount
        self.affected = affected
        self.flags = flags
        self.evidence = evidence
        self.language = language
        self.recordedBy = recordedBy
        self.confirmed = confirmed
        self.upstreamNumber = upstreamNumber
        self.protected = protected
    }
}

/// What everybody may know of a report of misconduct (举报): it never says who reported. Rule W21.
public struct ProtectedReport: Hashable, Sendable, Codable {
    /// Sign-in names of the members of staff whom the report is about: they must not see it.
    public var concerned: [String]

    public init(concerned: [String] = []) { self.concerned = concerned }
}
