/// The pure decisions about dead letters.
enum LetterPolicy {
    /// The state after an event.
    /// - Throws: why the event changes nothing.
    static func decide(_ state: LetterState, _ event: LetterEvent) throws(LetterRejection) -> LetterState {
        switch (state, event) {
        // What its consumer parks is open again, whatever was thought of it before.
        case (.failed, .parkedAgain), (.staged, .parkedAgain), (.confirmed, .parkedAgain), (.resolved, .parkedAgain),
            (.discarded, .parkedAgain):
            return .failed

        case (.failed, .replay(let number)): return .staged(replay: number)
        case (.staged, .replay), (.confirmed, .replay): throw .alreadyReplaying
        case (.resolved, .replay): throw .alreadyResolved
        case (.discarded, .replay): throw .alreadyDiscarded

        case (.staged(let current), .published(let number)):
            guard current == number else { throw .outdated }
            return .confirmed(replay: number)
        case (.staged(let current), .refused(let number)):
            guard current == number else { throw .outdated }
            return .failed
        // It came back, or was confirmed already, before the answer of the broker was written down.
        case (.failed, .published), (.confirmed, .published), (.resolved, .published), (.discarded, .published),
            (.failed, .refused), (.confirmed, .refused), (.resolved, .refused), (.discarded, .refused):
            throw .outdated

        case (.confirmed, .quiet(let resolution)): return .resolved(resolution)
        case (.failed, .quiet), (.staged, .quiet), (.resolved, .quiet), (.discarded, .quiet): throw .outdated

        // The copy is what is worked on from now on; it may come back before the original's replay was seen as confirmed.
        case (.staged, .copyParked), (.confirmed, .copyParked), (.resolved, .copyParked): return .resolved(.edited)
        case (.failed, .copyParked), (.discarded, .copyParked): throw .outdated

        case (.failed, .discard): return .discarded
        case (.staged, .discard), (.confirmed, .discard): throw .alreadyReplaying
        case (.resolved, .discard): throw .alreadyResolved
        case (.discarded, .discard): throw .alreadyDiscarded
        }
    }

    /// How long a replayed letter is watched before it counts as resolved: as long as all retries can take, and a margin
    /// for handling and for a consumer that is being restarted.
    static func quietPeriod(retryTiers: [Duration]) -> Duration { retryTiers.reduce(.seconds(10), +) }
}
