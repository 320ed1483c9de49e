import Contracts
import Foundation
import Messaging

/// What one user of the broker may do, as RabbitMQ's regular expressions over names.
///
/// A department's worker reads and writes its own exchange and queues only, hears only what is for it, and publishes
/// only what departments say. Credentials that leak from one department open no other's queue. It declares nothing of
/// what it shares with others: whoever may declare the exchange of events may also delete it.
struct AccessRights: Hashable, Sendable {
    var configure: String
    var write: String
    var read: String
    /// Routing keys on the exchange of events.
    var publishes: String
    var hears: String

    init(service: ServiceKind, department: DepartmentID? = nil) {
        let own = Self.ownNames(service, department)
        let events = [Self.literal(RedressTopology.events)]
        let foundation = service == .department ? [] : events + [Self.literal(RedressTopology.journal)]
        let beyond = Self.beyondItsOwn(service)
        configure = Self.anchored(own + foundation)
        write = Self.anchored(own + (foundation.isEmpty ? events : foundation) + beyond.write)
        read = Self.anchored(own + events + beyond.read)
        publishes = Self.publishing(service, department)
        hears = department.map { "^[a-z]+\\.[a-z]+\\.\($0)$" } ?? ".*"
    }

    /// The exchange, the work queue (of the same name) with its partitions, the retry queues and the dead queue.
    private static func ownNames(_ service: ServiceKind, _ department: DepartmentID?) -> [String] {
        guard service != .intake else { return [] }
        let name = literal(department.map { "department.\($0)" } ?? service.rawValue)
        return [
            "redress\\.(dead\\.)?\(name)(\\.[0-9]+|\\.partitions)?",
            "redress\\.retry\\.\(name)(\\.[0-9]+)?\\.[0-9]+(ms|s|m)",
        ]
    }

    /// Operations empties every dead queue and sends back to every work queue; it and Reporting read the journal.
    private static func beyondItsOwn(_ service: ServiceKind) -> (write: [String], read: [String]) {
        switch service {
        case .operations:
            (
                ["redress\\.(routing|callback|reporting|department\\.[a-z0-9-]+)(\\.[0-9]+)?"],
                ["redress\\.dead\\..*", literal(RedressTopology.journal)]
            )
        case .reporting: ([], [literal(RedressTopology.journal)])
        case .intake, .routing, .department, .callback: ([], [])
        }
    }

    /// The routing keys that the service's message types have. What departments say to each other names the other.
    private static func publishing(_ service: ServiceKind, _ department: DepartmentID?) -> String {
        let types = MessageFlow.said(by: service)
        guard let department else { return anchored(types.map { "\(word($0))\\..*" }) }
        let betweenDepartments: Set = [OpinionRequested.type, OpinionGiven.type, CaseJoined.type]
        return anchored(
            types.map { type in
                betweenDepartments.contains(type)
                    ? "\(word(type))\\.[a-z0-9-]+" : "\(word(type))\\.(\(department)|-)"
            })
    }

    private static func word(_ type: MessageType) -> String { "\(type.noun)\\.\(type.verb)" }

    private static func literal(_ name: String) -> String { name.replacingOccurrences(of: ".", with: "\\.") }

    private static func anchored(_ alternatives: [String]) -> String {
        alternatives.isEmpty ? "^$" : "^(\(alternatives.joined(separator: "|")))$"
    }
}
