import Contracts

/// One of the processes of a running system.
package enum SystemService: Hashable, Sendable, CustomStringConvertible {
    case intake, routing, callback, reporting, operations
    case department(DepartmentID)

    /// The five that every system has once.
    package static let central: [SystemService] = [.intake, .routing, .callback, .reporting, .operations]

    /// Names its log, and the process in messages: `intake`, `department-logistics`.
    package var description: String {
        switch self {
        case .intake: "intake"
        case .routing: "routing"
        case .callback: "callback"
        case .reporting: "reporting"
        case .operations: "operations"
        case .department(let id): "department-\(id)"
        }
    }

    var executable: String {
        switch self {
        case .intake, .routing, .callback, .reporting, .operations: "redress-\(self)"
        case .department: "redress-department"
        }
    }
}
