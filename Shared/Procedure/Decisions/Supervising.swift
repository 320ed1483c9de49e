import Contracts

// Inspections by the supervision group (监督小组), and what they lead to. Rule W20.

extension SupervisionTerms {
    /// Whether somebody is of the group: by sign-in name, or by a role that stands in the names' place.
    package func isInspector(_ viewer: Viewer) -> Bool {
        inspectors.contains(viewer.name) || !viewer.roles.isDisjoint(with: inspectors)
    }

    /// How many of so many complaints are sampled (抽查): the share that the pack names, rounded up.
    package func sampleSize(of count: Int) -> Int { (count * samplePercent + 99) / 100 }
}

extension PolicyPack {
    /// The event with which the time of a rectification notice begins.
    package static let rectificationOrdered = "rectification.ordered"
    /// The event that stops it.
    package static let rectificationAnswered = "rectification.answered"

    /// The time limit of a rectification notice (整改时限): the pack's own clock that a notice starts, or else one of the
    /// length that the terms of supervision name. Absent where there is no supervision.
    package var rectificationClock: Clock? {
        guard let supervision else { return nil }
        return clocks.first { $0.starts == Self.rectificationOrdered }
            ?? Clock(
                id: "rectification", title: LocalizedText(zhHans: "整改", en: "Rectification"),
                starts: Self.rectificationOrdered, stops: [Self.rectificationAnswered],
                within: .same(supervision.rectifyWithin), warnings: [50, 80], pauses: [])
    }
}
