import Testing

@testable import OperationsService

@Suite struct LetterPolicyTests {
    private static let staged = LetterState.staged(replay: 2)
    private static let confirmed = LetterState.confirmed(replay: 2)
    private static let replayed = LetterState.resolved(.replayed)

    /// Every state with every event: the state after, or why not.
    @Test(arguments: [
        (LetterState.failed, LetterEvent.parkedAgain, Result<LetterState, LetterRejection>.success(.failed)),
        (.failed, .replay(1), .success(.staged(replay: 1))),
        (.failed, .published(1), .failure(.outdated)),
        (.failed, .refused(1), .failure(.outdated)),
        (.failed, .quiet(.replayed), .failure(.outdated)),
        (.failed, .copyParked, .failure(.outdated)),
        (.failed, .discard, .success(.discarded)),

        (staged, .parkedAgain, .success(.failed)),
        (staged, .replay(3), .failure(.alreadyReplaying)),
        (staged, .published(2), .success(confirmed)),
        (staged, .published(1), .failure(.outdated)),
        (staged, .refused(2), .success(.failed)),
        (staged, .refused(1), .failure(.outdated)),
        (staged, .quiet(.replayed), .failure(.outdated)),
        (staged, .copyParked, .success(.resolved(.edited))),
        (staged, .discard, .failure(.alreadyReplaying)),

        (confirmed, .parkedAgain, .success(.failed)),
        (confirmed, .replay(3), .failure(.alreadyReplaying)),
        (confirmed, .published(2), .failure(.outdated)),
        (confirmed, .refused(2), .failure(.outdated)),
        (confirmed, .quiet(.replayed), .success(replayed)),
        (confirmed, .quiet(.edited), .success(.resolved(.edited))),
        (confirmed, .copyParked, .success(.resolved(.edited))),
        (confirmed, .discard, .failure(.alreadyReplaying)),

        (replayed, .parkedAgain, .success(.failed)),
        (replayed, .replay(3), .failure(.alreadyResolved)),
        (replayed, .published(2), .failure(.outdated)),
        (replayed, .refused(2), .failure(.outdated)),
        (replayed, .quiet(.replayed), .failure(.outdated)),
        (replayed, .copyParked, .success(.resolved(.edited))),
        (replayed, .discard, .failure(.alreadyResolved)),

        (.discarded, .parkedAgain, .success(.failed)),
        (.discarded, .replay(3), .failure(.alreadyDiscarded)),
        (.discarded, .published(2), .failure(.outdated)),
        (.discarded, .refused(2), .failure(.outdated)),
        (.discarded, .quiet(.replayed), .failure(.outdated)),
        (.discarded, .copyParked, .failure(.outdated)),
        (.discarded, .discard, .failure(.alreadyDiscarded)),
    ])
    func everyPair(state: LetterState, event: LetterEvent, expected: Result<LetterState, LetterRejection>) {
        let outcome = Result { () throws(LetterRejection) in try LetterPolicy.decide(state, event) }
        #expect(outcome == expected)
    }

    @Test func aLetterIsWatchedLongerThanAllRetriesTake() {
        #expect(LetterPolicy.quietPeriod(retryTiers: [.seconds(5), .seconds(30)]) > .seconds(35))
    }
}
