import Foundation

/// The name of a message: `redress.<noun>.<verb>.v<version>`, for example `redress.complaint.received.v1`.
public struct MessageType: Hashable, Sendable, CustomStringConvertible {
    public let noun: String
    public let verb: String
    public let version: Int

    public init(_ noun: String, _ verb: String, version: Int = 1) {
        self.noun = noun
        self.verb = verb
        self.version = version
    }

    /// Reads a name; fails when it is not of this form.
    public init?(name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "redress", !parts[1].isEmpty, !parts[2].isEmpty, parts[3].first == "v",
            let version = Int(parts[3].dropFirst()), version > 0
        else { return nil }
        self.init(String(parts[1]), String(parts[2]), version: version)
    }

    public var name: String { "redress.\(noun).\(verb).v\(version)" }

    /// Where the message goes on the exchange `redress.events`: `<noun>.<verb>.<department or ->`.
    public func routingKey(department: DepartmentID?) -> String { "\(noun).\(verb).\(department?.text ?? "-")" }

    public var description: String { name }
}
