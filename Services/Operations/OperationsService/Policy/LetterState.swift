/// Where a dead letter (死信) stands.
///
/// ```
/// failed ─replay→ staged ─confirmed→ confirmed ─quiet→ resolved
///   │  ↑            │                   │                 │
///   │  └── refused ─┘                   │                 │
///   │  └─────────── parked again ───────┴─────────────────┘
///   └─discard→ discarded
/// ```
///
/// A replay is staged in the store before anything is published, so that a crash at any point leaves a staged letter,
/// which is published again at the next start. That is harmless: the id is the same, and the consumer's inbox knows it.
enum LetterState: Hashable, Sendable {
    /// Its consumer could not handle it; somebody has to decide.
    case failed
    /// To be published to its work queue; the number counts the letter's replays from 1.
    case staged(replay: Int)
    /// The broker has it on the work queue; whether the consumer takes it will show.
    case confirmed(replay: Int)
    /// It did not come back for as long as all its retries could have taken.
    case resolved(Resolution)
    /// Somebody decided that it is not to be handled, and said why.
    case discarded

    enum Resolution: String, Hashable, Sendable, CaseIterable {
        case replayed
        /// An edited copy with an id of its own took its place.
        case edited
    }

    /// The stable word in the store, in addresses and in the API.
    enum Name: String, Hashable, Sendable, CaseIterable, Codable {
        case failed, staged, confirmed, resolved, discarded
    }

    var name: Name {
        switch self {
        case .failed: .failed
        case .staged: .staged
        case .confirmed: .confirmed
        case .resolved: .resolved
        case .discarded: .discarded
        }
    }
}

/// What can happen to a dead letter.
enum LetterEvent: Hashable, Sendable {
    /// Its consumer parked it once more.
    case parkedAgain
    /// Somebody asked for its replay, as the letter's replay of this number.
    case replay(Int)
    /// The broker has confirmed the replay of this number.
    case published(Int)
    /// The replay of this number can never be published as it is: no such queue, or it does not fit on the wire.
    case refused(Int)
    /// It has not come back for long enough.
    case quiet(LetterState.Resolution)
    /// An edited copy of it was parked as a letter of its own.
    case copyParked
    case discard
}

/// Why something cannot be done with a letter; the stable word tells the API's callers.
enum LetterRejection: String, Error, Hashable, Sendable {
    /// A replay is on its way or was confirmed and is being watched: a second one would say nothing new.
    case alreadyReplaying
    case alreadyResolved
    case alreadyDiscarded
    /// The event belongs to an earlier replay; what has happened since stands.
    case outdated
}
