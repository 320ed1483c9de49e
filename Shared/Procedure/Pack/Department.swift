import Contracts

/// A department (责任部门).
package struct Department: Sendable, Hashable {
    package var id: DepartmentID
    package var title: LocalizedText
    /// The head's sign-in name (部门负责人).
    package var head: String
    /// Sign-in names of those who may be first responsible (第一责任人, S03); they take turns. Never empty: the head
    /// when the pack names nobody.
    package var owners: [String]
    /// A department or an escalation target of the pack.
    package var escalatesTo: String?
}

/// Somebody above the departments whom a complaint can be raised to (V05–V08).
package struct EscalationTarget: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
}
