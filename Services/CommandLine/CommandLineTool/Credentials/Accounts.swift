import Contracts
import Foundation
import Messaging

/// A user of the broker: the administrator, or one service. Each department's worker has its own.
struct BrokerAccount: Codable, Hashable, Sendable {
    var name: String
    var password: String
    /// Absent for the administrator.
    var service: ServiceKind?
    var department: DepartmentID?

    /// The base name of the files made for it: `intake`, `department-logistics`.
    var fileName: String { department.map { "department-\($0)" } ?? service?.rawValue ?? name }
}

/// Who is to have an account, before anybody has a password.
struct AccountPlan: Hashable, Sendable {
    var brokerNames: [BrokerName]
    var staff: [StaffName]

    struct BrokerName: Hashable, Sendable {
        var name: String
        var service: ServiceKind?
        var department: DepartmentID?
    }

    struct StaffName: Hashable, Sendable {
        var name: String
        var roles: [String]
        var department: DepartmentID?
    }

    static let administrator = "redress"
    /// Every role there is; each gets a token.
    static let roles = ["agent", "coordinator", "handler", "head", "caller", "supervisor", "manager", "operator"]
    /// Roles that people hold for one department.
    static let departmentRoles: Set = ["handler", "head"]

    /// One user of the broker for each process, one member of staff for each role, and for each department of the pack
    /// the head and the handlers that it names. Who decides by name beyond their own department, or has none, is management.
    init(departments: [DepartmentStaff], management: [String] = []) {
        let central = ServiceKind.allCases.filter { $0 != .department }
        brokerNames =
            [BrokerName(name: Self.administrator)] + central.map { BrokerName(name: $0.rawValue, service: $0) }
            + departments.map { BrokerName(name: "department.\($0.id)", service: .department, department: $0.id) }
        let everybody =
            Self.roles.filter { !Self.departmentRoles.contains($0) }.map { StaffName(name: $0, roles: [$0]) }
            + departments.flatMap(Self.staff).map { member in
                var member = member
                if management.contains(member.name) { member.roles.append("manager") }
                return member
            }
            + management.map { StaffName(name: $0, roles: ["manager"]) }
        var seen: Set<String> = []
        staff = everybody.filter { seen.insert($0.name).inserted }
    }

    /// A head who handles cases as well holds both roles.
    private static func staff(of department: DepartmentStaff) -> [StaffName] {
        let headHandles = department.handlers.contains(department.head)
        let head = StaffName(
            name: department.head, roles: headHandles ? ["handler", "head"] : ["head"], department: department.id)
        let handlers = department.handlers.filter { $0 != department.head }
            .map { StaffName(name: $0, roles: ["handler"], department: department.id) }
        return handlers + [head]
    }
}

/// Who works in a department, by the policy pack.
struct DepartmentStaff: Hashable, Sendable {
    var id: DepartmentID
    var head: String
    var handlers: [String]
}
