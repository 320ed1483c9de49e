import Contracts
import Procedure

/// Who can act in a story under a pack: the customer, every role, and the people whom the pack names.
struct StoryPeople {
    /// Each name once.
    let names: [String]
    private let departments: [String: DepartmentID]

    init(_ pack: PolicyPack) {
        var departments: [String: DepartmentID] = [:]
        for department in pack.departments {
            for name in department.owners + [department.head] { departments[name] = department.id }
        }
        self.departments = departments
        names = Set([RehearsalStory.customer] + AccountPlan.roles + departments.keys + pack.management).sorted()
    }

    /// Where somebody works; absent for those who are bound to no department.
    func department(of name: String) -> DepartmentID? { departments[name] }
}
