import Foundation

/// What proves a customer's answer to a solution (同意凭证). Rules K10–K12, S09.
public struct AnswerEvidence: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The customer answered on their own page, with number and code.
        case code
        /// Somebody spoke with the customer and noted what was said (电话记录).
        case phone
        /// The customer signed on paper (书面签字).
        case signature
        /// The validity passed without an answer, and the policy pack says what that means.
        case silence
    }

    public var kind: Kind
    /// Who was spoken with, or who signed.
    public var person: String?
    /// When the customer said or signed it.
    public var at: Date
    /// What was said, or where the paper is.
    public var note: String?

    public init(kind: Kind, person: String? = nil, at: Date, note: String? = nil) {
        self.kind = kind
        self.person = person
        self.at = at
        self.note = note
    }
}
