import Contracts
import Foundation
import Procedure

/// What a changed pack would have decided about past complaints.
struct PolicyReplay: Codable, Hashable, Sendable {
    /// A decision that comes out differently.
    struct Change: Codable, Hashable, Sendable {
        /// `severity`, `department`, `clock solution`, …
        var what: String
        var before: String?
        var after: String?
        var becauseBefore: [Explanation]
        var becauseAfter: [Explanation]
    }

    /// A complaint about which something is decided differently.
    struct Changed: Codable, Hashable, Sendable {
        /// A complaint's number, or the line of the file.
        var complaint: String
        var before: PolicyStamp
        var after: PolicyStamp
        var changes: [Change]
    }

    /// How many complaints were tried.
    var complaints: Int
    var changed: [Changed]

    /// Tries one complaint under both packs, as it was when it was registered.
    mutating func add(_ name: String, _ past: PastComplaint, from old: PolicyPack, to new: PolicyPack) throws {
        let at = past.complaint.registeredAt
        let before = try PolicyExplanation(past, under: old, at: at)
        let after = try PolicyExplanation(past, under: new, at: at)
        complaints += 1
        if let difference = Self.changed(name, before, after) { changed.append(difference) }
    }

    /// The differences between two explanations of one complaint; nil when everything is decided alike.
    static func changed(
        _ name: String, _ before: PolicyExplanation, _ after: PolicyExplanation
    ) -> Changed? {
        var names = before.aspects.map(\.name)
        names += after.aspects.map(\.name).filter { !names.contains($0) }
        let changes = names.compactMap { name -> Change? in
            let (old, new) = (before.aspect(name), after.aspect(name))
            guard old?.value != new?.value else { return nil }
            return Change(
                what: name, before: old?.value, after: new?.value, becauseBefore: old?.because ?? [],
                becauseAfter: new?.because ?? [])
        }
        guard !changes.isEmpty else { return nil }
        return Changed(complaint: name, before: before.policy, after: after.policy, changes: changes)
    }

    var text: String {
        var lines = changed.flatMap { complaint -> [String] in
            var lines = ["\(complaint.complaint): \(complaint.before) → \(complaint.after)"]
            for change in complaint.changes {
                lines.append("  \(change.what): \(change.before ?? "—") → \(change.after ?? "—")")
                lines += change.becauseBefore.map { "      - \($0.rule): \($0.text.zhHans)" }
                lines += change.becauseAfter.map { "      + \($0.rule): \($0.text.zhHans)" }
            }
            return lines
        }
        lines.append("\(changed.count) of \(complaints) complaints would be decided differently")
        return lines.joined(separator: "\n")
    }
}
