import Foundation

/// Who did something: a member of staff by sign-in name, the customer, or the system under a policy.
public struct Actor: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable {
        case customer, staff, system
    }

    public var kind: Kind
    /// The sign-in name for staff, the policy stamp or service name for the system, absent for a customer.
    public var name: String?

    public init(kind: Kind, name: String? = nil) {
        self.kind = kind
        self.name = name
    }

    public static let customer = Actor(kind: .customer)
    public static func staff(_ name: String) -> Actor { Actor(kind: .staff, name: name) }
    public static func system(_ name: String) -> Actor { Actor(kind: .system, name: name) }
}
