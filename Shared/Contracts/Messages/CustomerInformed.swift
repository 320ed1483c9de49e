/// `redress.customer.informed.v1`, from Callback. The customer was told something unasked. Rules W17, K12.
public struct CustomerInformed: Event {
    public static let type = MessageType("customer", "informed")

    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Where the complaint stands, after nothing was heard for as long as the policy pack says.
        case status
        /// That a proposal still waits for an answer.
        case reminder
    }

    public var kind: Kind
    /// The version of the solution that a reminder is about.
    public var version: Int?
    /// Counts reminders of a version from 1.
    public var count: Int?
    public var text: LocalizedText
    public var by: Actor

    public init(kind: Kind, version: Int? = nil, count: Int? = nil, text: LocalizedText, by: Actor) {
        self.kind = kind
        self.version = version
        self.count = count
        self.text = text
        self.by = by
    }
}
