/// Why somebody may not do something to a case, a measure or a suggestion.
enum ImprovementRefusal: Error, Hashable, Sendable {
    case unknown
    /// Only this person, by sign-in name.
    case onlyFor(String)
    /// Who approves does not write what is approved, and who wrote does not approve it (K17).
    case ownWork
    /// It is past that, or not there yet.
    case notNow
    /// This person has written something else since it was looked at.
    case changed(by: String)
    /// These fields have to be filled in before it goes on.
    case incomplete([String])
    /// The complaint is not closed.
    case notClosed
    /// The complaint is a case already.
    case isCase
    /// A report whose reporter is protected becomes no case (W21).
    case protected
}
