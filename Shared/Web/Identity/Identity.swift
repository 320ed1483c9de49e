import Contracts

/// What a member of staff may do.
package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// 客服专员: hears complaints and records them.
    case agent
    /// 投诉协调员: judges, grades and assigns.
    case coordinator
    /// 经办人: investigates and drafts in a department.
    case handler
    /// 部门负责人: approves in a department.
    case head
    /// 回访员: talks to the customer.
    case caller
    /// 督办: watches clocks and urges.
    case supervisor
    /// 管理层: reads everything, rules.
    case manager
    /// 运维: looks after dead letters.
    case `operator`
}

/// Who is asking, once they have signed in.
package struct Identity: Sendable, Hashable {
    /// How they proved it.
    package enum Proof: Sendable, Hashable {
        /// By a session cookie; `session` is what CSRF tokens are bound to.
        case cookie(session: String)
        /// By `Authorization: Bearer`, which no other site can make a browser send.
        case bearer
    }

    /// The sign-in name.
    package var name: String
    package var roles: Set<Role>
    /// The department they work in; absent for staff who are not bound to one.
    package var department: String?
    package var proof: Proof

    package init(name: String, roles: Set<Role>, department: String? = nil, proof: Proof) {
        self.name = name
        self.roles = roles
        self.department = department
        self.proof = proof
    }

    /// Whether they have at least one of `roles`.
    package func has(any roles: Set<Role>) -> Bool { !self.roles.isDisjoint(with: roles) }

    /// Whether they may act in `department`: it is theirs, or they are not bound to one.
    package func belongs(to department: String) -> Bool { self.department == nil || self.department == department }

    /// As confidential complaints ask who wants to see them (W21).
    package var viewer: Viewer {
        Viewer(name: name, roles: Set(roles.map(\.rawValue)), department: department.flatMap { DepartmentID($0) })
    }

    /// How messages name them.
    package var actor: Actor { .staff(name) }
}
