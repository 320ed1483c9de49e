/// One thing that two packs say differently.
package struct PackDifference: Hashable, Sendable, Codable, CustomStringConvertible {
    /// For example `clocks.solution.within`.
    package var place: String
    /// What the first says; absent where it says nothing.
    package var before: String?
    /// What the second says; absent where it says nothing any more.
    package var after: String?

    package var description: String {
        switch (before, after) {
        case (nil, let after?): "+ \(place): \(after)"
        case (let before?, nil): "- \(place): \(before)"
        case (let before, let after): "~ \(place): \(before ?? "—") → \(after ?? "—")"
        }
    }
}

extension PolicyPack {
    /// What `other` says differently, by place. Something that one has as a whole and the other has not is one difference.
    package func differences(to other: PolicyPack) -> [PackDifference] {
        let (mine, theirs) = (PackOutline(self), PackOutline(other))
        var differences: [String: PackDifference] = [:]
        for place in Set(mine.values.keys).union(theirs.values.keys) {
            let (before, after) = (mine.values[place], theirs.values[place])
            guard before != after else { continue }
            var difference = PackDifference(place: place, before: before, after: after)
            if before == nil, let whole = theirs.whole(of: place, absentIn: mine) {
                difference = PackDifference(place: whole.place, after: whole.title)
            } else if after == nil, let whole = mine.whole(of: place, absentIn: theirs) {
                difference = PackDifference(place: whole.place, before: whole.title)
            }
            differences[difference.place] = difference
        }
        return differences.values.sorted { $0.place < $1.place }
    }
}

extension PackOutline {
    /// The largest titled part that a place belongs to and that another pack does not have at all.
    fileprivate func whole(of place: String, absentIn other: PackOutline) -> (place: String, title: String)? {
        let parts = place.split(separator: ".")
        for length in 1..<max(parts.count, 2) {
            let prefix = parts.prefix(length).joined(separator: ".")
            guard let title = titles[prefix], other.titles[prefix] == nil else { continue }
            guard !other.values.keys.contains(where: { $0.hasPrefix(prefix + ".") }) else { continue }
            return (prefix, title)
        }
        return nil
    }
}
