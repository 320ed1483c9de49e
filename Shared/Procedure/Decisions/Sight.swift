import Contracts

/// Why a complaint is not for everybody's eyes (M18, W21).
package enum Restriction: Hashable, Sendable {
    /// A report whose reporter is protected, and whom it is about: sign-in names.
    case protected(concerned: [String])
    /// What the pack keeps confidential.
    case confidential
}

// Who sees what is confidential: one decision for every service.

extension PolicyPack {
    /// Absent when everybody who is signed in may see the complaint.
    package func restriction(of graded: GradedComplaint) -> Restriction? {
        if let report = graded.complaint.protected { return .protected(concerned: report.concerned) }
        return refusalToShow(graded, to: []) == nil ? nil : .confidential
    }

    /// For whose eyes a restricted complaint is: the roles that the pack names, and the department that it has deal with
    /// reports. A report whose terms no pack names is for nobody's.
    package func audience(for restriction: Restriction) -> Audience {
        let confidential = privacy?.confidential?.roles ?? []
        let departments = [privacy?.protected?.department].compactMap(\.self)
        func audience(_ roles: Set<StaffRole>, concerned: [String]) -> Audience {
            Audience(roles: roles.map(\.rawValue).sorted(), departments: departments, concerned: concerned)
        }
        switch restriction {
        case .protected(let concerned):
            return audience(confidential.union(privacy?.protected?.opens ?? []), concerned: concerned)
        case .confidential: return audience(confidential, concerned: [])
        }
    }

    /// For whose eyes a complaint is; absent for everybody's.
    ///
    /// - Parameter people: sign-in names of those who are given the case, absent ones left out.
    package func audience(of graded: GradedComplaint, givenTo people: [String?] = []) -> Audience? {
        restriction(of: graded).map { audience(for: $0).with(people: people) }
    }
}
