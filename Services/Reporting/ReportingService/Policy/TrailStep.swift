import Contracts
import Foundation

/// A step in the life of a case, a measure or a suggestion: who did what when, kept for ever.
struct TrailStep: Hashable, Sendable, Codable {
    /// Whose trail it is.
    enum Area: String, Sendable, Codable, CaseIterable {
        case `case`, measure, suggestion
    }

    /// A word of the area, such as `submitted`.
    var step: String
    /// A sign-in name; absent when the system did it by the pack.
    var by: String?
    var at: Date
    var note: String?
}

extension TrailStep {
    /// A department was sent a case (案例下发); the note is its id.
    static let sending = "sent"
    /// A department has read a case; the note is its id.
    static let reading = "read"

    /// True for a step of a case whose note is a department's id.
    var namesDepartment: Bool { [Self.sending, Self.reading].contains(step) }

    func isReading(by department: DepartmentID) -> Bool { step == Self.reading && note == department.text }
}
