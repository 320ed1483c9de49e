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
    /// A department, an escalation target or a party outside.
    package var escalatesTo: String?
}

/// Somebody above the departments whom a complaint can be raised to (V08, W16).
package struct EscalationTarget: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// Who it is: a sign-in name; absent for a body without one.
    package var person: String?
}

/// A party outside the company that supports, or is reported to: a regional service centre, headquarters, the maker's
/// parts centre. It has no worker of its own; what it gets is a document. Rules V05–V07, V04, S14.
package struct OutsideParty: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// What it is turned to for, in words.
    package var role: LocalizedText?
}

/// A product or service that complaints are about.
package struct Product: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
}
