import Contracts
import Procedure

/// Who of the staff sees what was heard (M18, W21).
package struct Sight: Sendable {
    package let courses: SpecialCourses
    /// The sign-in name.
    package let name: String
    package let roles: Set<StaffRole>

    package init(courses: SpecialCourses, name: String, roles: Set<StaffRole>) {
        self.courses = courses
        self.name = name
        self.roles = roles
    }

    private var privacy: PrivacyTerms? { courses.pack.privacy }

    /// Whether a complaint is to be seen at all: a report of misconduct by nobody whom it is about, and like every
    /// confidential case only by the roles that the pack names.
    package func sees(_ complaint: Complaint) -> Bool {
        let viewer = Viewer(name: name, roles: Set(roles.map(\.rawValue)))
        return courses.pack.audience(of: courses.graded(complaint))?.admits(viewer) ?? true
    }

    /// Whether the reporter's identity may be opened, with a reason that is logged.
    package func opens(_ complaint: Complaint) -> Bool {
        guard complaint.protected != nil, sees(complaint) else { return false }
        return !roles.isDisjoint(with: privacy?.protected?.opens ?? [])
    }

    /// What of a person's data is masked. Intake does not know which department handles what: to those who work in a
    /// department alone it shows nobody; on their own case pages they see whom they need (M18).
    package var masks: Set<PersonalField> {
        roles.isSubset(of: [.handler, .head]) ? Set(PersonalField.allCases) : courses.pack.masks(for: roles)
    }
}
