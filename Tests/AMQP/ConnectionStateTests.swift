import Messaging
import Testing

@testable import AMQP

@Suite("The life of a connection")
struct ConnectionStateTests {
    private let start = ContinuousClock.now
    private let agreed = ConnectionState.Negotiated(frameMaximum: 131_072, heartbeat: 15)

    private func state(_ events: (inout ConnectionState) -> Void...) -> ConnectionState {
        var state = ConnectionState(backoff: Backoff(base: .milliseconds(100), limit: .seconds(1)))
        for event in events { event(&state) }
        return state
    }

    private func connecting() -> ConnectionState { state { _ = $0.start() } }
    private func declaring() -> ConnectionState { state({ _ = $0.start() }, { _ = $0.negotiated(agreed) }) }
    private func ready() -> ConnectionState {
        var state = declaring()
        _ = state.established(at: start)
        return state
    }
    private func blocked() -> ConnectionState {
        var state = ready()
        _ = state.blocked("memory")
        return state
    }
    private func waiting() -> ConnectionState {
        var state = connecting()
        _ = state.failed("refused", at: start, jitter: 0)
        return state
    }
    private func closing() -> ConnectionState {
        var state = ready()
        _ = state.stop(deadline: start + .seconds(6))
        return state
    }
    private func closed() -> ConnectionState { state { _ = $0.stop(deadline: start) } }

    @Test("Connecting, declaring, ready: each step asks for the next")
    func opening() {
        var state = state()
        #expect(state.status == .connecting(lastError: nil))
        #expect(state.start() == .open)
        #expect(state.negotiated(agreed) == .establish)
        #expect(state.status == .connecting(lastError: nil))
        #expect(state.established(at: start) == .serve(session: 1))
        #expect(state.status == .ready)
    }

    @Test("A failure anywhere is discarded and tried again, and says why")
    func failing() {
        for state in [connecting(), declaring(), ready(), blocked()] {
            var state = state
            #expect(
                state.failed("gone", at: start, jitter: 0) == .discard(retryAt: start + .milliseconds(50)))
            #expect(state.status == .connecting(lastError: "gone"))
            #expect(state.timePassed(to: start + .milliseconds(49)) == .ignore)
            #expect(state.timePassed(to: start + .milliseconds(50)) == .open)
        }
    }

    @Test("Each connection that becomes ready is a session of its own, and forgets the last error")
    func sessions() {
        var state = ready()
        for session in UInt64(2)...4 {
            _ = state.failed("gone", at: start, jitter: 0)
            _ = state.timePassed(to: start + .seconds(10))
            #expect(state.negotiated(agreed) == .establish)
            #expect(state.established(at: start) == .serve(session: session))
            #expect(state.lastError == nil)
        }
    }

    @Test("The wait doubles up to its limit while connections do not hold")
    func backoff() {
        var state = connecting()
        var waits: [Duration] = []
        for _ in 0..<6 {
            guard case .discard(let retry) = state.failed("gone", at: start, jitter: 1) else { break }
            waits.append(start.duration(to: retry))
            _ = state.timePassed(to: retry)
        }
        #expect(waits == [100, 200, 400, 800, 1000, 1000].map { .milliseconds($0) })
    }

    @Test("A connection that held starts the wait from its base; one that did not, does not")
    func backoffResets() {
        var held = ready()
        var flapped = ready()
        for _ in 0..<3 {
            for (state, time) in [(held, Duration.seconds(10)), (flapped, .seconds(9))] {
                var state = state
                _ = state.failed("gone", at: start + time, jitter: 0)
                _ = state.timePassed(to: start + .seconds(60))
                _ = state.negotiated(agreed)
                _ = state.established(at: start)
                if time == .seconds(10) { held = state } else { flapped = state }
            }
        }
        #expect(held.backoff.attempts == 1)
        #expect(flapped.backoff.attempts == 3)
    }

    @Test("Blocked and unblocked, and blocked again for another reason")
    func blocking() {
        var state = ready()
        #expect(state.blocked("low on memory") == .suspendPublishing(reason: "low on memory"))
        #expect(state.status == .blocked(reason: "low on memory"))
        #expect(state.blocked("low on disk") == .suspendPublishing(reason: "low on disk"))
        #expect(state.status == .blocked(reason: "low on disk"))
        #expect(state.unblocked() == .resumePublishing)
        #expect(state.status == .ready)
        #expect(state.unblocked() == .ignore)
    }

    @Test("Stopping drains what is ready, and ends everything else")
    func stopping() {
        let deadline = start + .seconds(6)
        for (state, expected) in [
            (self.state(), ConnectionState.Action.finish), (waiting(), .finish), (connecting(), .discardAndFinish),
            (declaring(), .discardAndFinish), (blocked(), .discardAndFinish), (ready(), .drain(until: deadline)),
            (closing(), .ignore), (closed(), .ignore),
        ] {
            var state = state
            #expect(state.stop(deadline: deadline) == expected)
            #expect(state.status == .closed)
        }
    }

    @Test("Draining ends when all is done, when the time is up, or when the connection fails; never with a retry")
    func draining() {
        var done = closing()
        #expect(done.drained() == .discardAndFinish)
        var late = closing()
        #expect(late.timePassed(to: start + .seconds(5)) == .ignore)
        #expect(late.timePassed(to: start + .seconds(6)) == .discardAndFinish)
        var failed = closing()
        #expect(failed.failed("gone", at: start, jitter: 0) == .discardAndFinish)
        for state in [done, late, failed] { #expect(state.phase == .closed) }
    }

    @Test("What makes no sense changes nothing")
    func ignored() {
        for state in [state(), waiting(), closed()] {
            var after = state
            #expect(after.negotiated(agreed) == .ignore)
            #expect(after.established(at: start) == .ignore)
            #expect(after.blocked("x") == .ignore)
            #expect(after.unblocked() == .ignore)
            #expect(after.failed("x", at: start, jitter: 0) == .ignore)
            #expect(after.drained() == .ignore)
            #expect(after.phase == state.phase)
        }
        var started = ready()
        #expect(started.start() == .ignore)
    }

    @Test("Jitter spreads the wait over its upper half", arguments: [(0.0, 50), (0.5, 75), (1.0, 100)])
    func jitter(random: Double, milliseconds: Int) {
        var backoff = Backoff(base: .milliseconds(100), limit: .seconds(1))
        #expect(backoff.next(jitter: random) == .milliseconds(milliseconds))
    }

    @Test("After any number of attempts the wait is the limit")
    func manyAttempts() {
        var backoff = Backoff(base: .milliseconds(100), limit: .seconds(5))
        for _ in 0..<1000 { _ = backoff.next(jitter: 0.3) }
        #expect(backoff.next(jitter: 1) == .seconds(5))
    }
}
