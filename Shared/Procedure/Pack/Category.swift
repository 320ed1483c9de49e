import Contracts

/// What complaints are about (投诉类别), with the words by which they are recognised. Rules M09, W03.
package struct Category: Sendable, Hashable {
    package var id: String
    package var title: LocalizedText
    /// The category that it lies within.
    package var parent: String?
    /// Who handles it unless an assignment rule says otherwise; its own or its parent's.
    package var department: DepartmentID
    package var keywords: [Keyword]
    /// True for the one category of what no other recognises; a person assigns it.
    package var isOther: Bool
}

/// A severity's title in the pack's words.
package struct SeverityTitle: Sendable, Hashable {
    package var severity: Severity
    package var title: LocalizedText
}
