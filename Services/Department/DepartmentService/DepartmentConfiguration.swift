import Contracts
import Runtime

/// What a department's worker is told. It reads no policy pack: all it needs to know about a case comes with it.
///
/// Configuration keys
///
/// - `department.id` (required): the department's short name in the policy pack, for example `product-quality`.
/// - `department.title` (optional): what people call it, `中文|English`.
package struct DepartmentConfiguration: ServiceConfiguration {
    package static let identity = ServiceIdentity(
        name: "department", purpose: "Handles one department's cases: cause, solution, approval, carrying out.",
        defaultPort: 8090, bodyLimit: 256 * 1024, readsPolicy: false)

    static let idKey = ConfigurationKey(
        "department.id", .departmentID, .required,
        meaning: "The department's short name in the policy pack, in addresses and in the names of its queues.")
    static let titleKey = ConfigurationKey(
        "department.title", .localizedTitle, .optional, meaning: "What people call the department, in both languages.")

    package static let ownKeys = [idKey.declaration, titleKey.declaration]

    package let common: CommonConfiguration
    package let department: DepartmentID
    package let title: LocalizedText

    package init(common: CommonConfiguration, values: ConfigurationValues) throws {
        self.init(
            common: common, department: try values.value(Self.idKey), title: try values.optional(Self.titleKey))
    }

    package init(common: CommonConfiguration, department: DepartmentID, title: LocalizedText? = nil) {
        self.common = common
        self.department = department
        self.title = title ?? LocalizedText(zhHans: department.text, en: department.text)
    }
}

extension ValueForm where Value == DepartmentID {
    static var departmentID: Self {
        Self("a short name of lower-case letters, digits and hyphens, such as product-quality") { DepartmentID($0) }
    }
}
