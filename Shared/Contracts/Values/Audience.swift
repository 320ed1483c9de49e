/// For whose eyes a confidential complaint is, where not everybody may see it. It goes with the complaint to those who read
/// no policy pack. Rules M18, W21.
public struct Audience: Hashable, Sendable, Codable {
    /// Roles that the pack names, such as `manager`.
    public var roles: [String]
    /// Departments that the pack has deal with such cases: all who work there.
    public var departments: [DepartmentID]
    /// Sign-in names of those who are given the case: the first responsible person and the head.
    public var people: [String]
    /// Sign-in names of whom it is about: they never see it, whatever else they are.
    public var concerned: [String]

    public init(
        roles: [String] = [], departments: [DepartmentID] = [], people: [String] = [], concerned: [String] = []
    ) {
        self.roles = roles
        self.departments = departments
        self.people = people
        self.concerned = concerned
    }
}

/// Somebody who wants to see something.
public struct Viewer: Hashable, Sendable {
    /// The sign-in name.
    public var name: String
    public var roles: Set<String>
    /// Where they work; absent for staff who are bound to no department.
    public var department: DepartmentID?

    public init(name: String, roles: Set<String>, department: DepartmentID? = nil) {
        self.name = name
        self.roles = roles
        self.department = department
    }
}

extension Audience {
    /// For a report that came without saying for whose eyes it is: for the department that has it and for those above it,
    /// but not for whom it is about (W21). Absent for a complaint that is no such report: it is for everybody's eyes.
    public static func unsaid(_ complaint: Complaint, in department: DepartmentID) -> Audience? {
        complaint.protected.map {
            Audience(roles: ["manager", "supervisor"], departments: [department], concerned: $0.concerned)
        }
    }

    /// Whether it is for somebody's eyes: never for whom it is about (W21), and of the others for those who are named, by
    /// role, by department or in person.
    public func admits(_ viewer: Viewer) -> Bool {
        guard !concerned.contains(viewer.name) else { return false }
        return !viewer.roles.isDisjoint(with: roles) || people.contains(viewer.name)
            || viewer.department.map(departments.contains) ?? false
    }

    /// The same for some people more, who are given the case.
    public func with(people others: [String?]) -> Audience {
        var copy = self
        copy.people += others.compactMap(\.self).filter { !copy.people.contains($0) && !$0.isEmpty }
        return copy
    }
}
