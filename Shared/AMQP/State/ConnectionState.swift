import Messaging

/// The life of a connection as a value: each event is a function that returns what to do next. The thread that owns
/// the connection (`ConnectionDriver`) carries it out; nothing here touches a socket or a clock.
struct ConnectionState: Sendable {
    typealias Instant = ContinuousClock.Instant

    enum Phase: Hashable, Sendable {
        case idle
        /// Socket, TLS, login.
        case connecting
        /// Logged in with what was negotiated; exchanges and queues are being declared.
        case declaring(Negotiated)
        case ready(since: Instant)
        case blocked(reason: String, readySince: Instant)
        case waiting(until: Instant)
        /// Finishing what is under way, until then at most.
        case closing(until: Instant)
        case closed
    }

    /// What client and broker agreed on.
    struct Negotiated: Hashable, Sendable {
        var frameMaximum: Int
        var heartbeat: Int
    }

    enum Action: Hashable, Sendable {
        /// Open socket and log in.
        case open
        /// Declare the topology, then select confirms or subscribe.
        case establish
        /// Work. Results and acknowledgements belong to this session only.
        case serve(session: UInt64)
        case suspendPublishing(reason: String)
        case resumePublishing
        /// Destroy the connection; everything under way in it is unknown. Open again at the instant given.
        case discard(retryAt: Instant)
        /// Finish what is under way, take nothing new, then close.
        case drain(until: Instant)
        case discardAndFinish
        case finish
        case ignore
    }

    /// A connection that held for this long was a good one: the next failure starts the backoff from its base.
    static let goodConnection: Duration = .seconds(10)

    private(set) var phase = Phase.idle
    /// Which connection this is, counted from 1 with each one that becomes ready.
    private(set) var session: UInt64 = 0
    private(set) var lastError: String?
    private(set) var backoff: Backoff

    init(backoff: Backoff = Backoff()) { self.backoff = backoff }

    /// How it stands, for the outside.
    var status: ConnectionStatus {
        switch phase {
        case .idle, .connecting, .declaring, .waiting: .connecting(lastError: lastError)
        case .ready: .ready
        case .blocked(let reason, _): .blocked(reason: reason)
        case .closing, .closed: .closed
        }
    }

    mutating func start() -> Action {
        guard phase == .idle else { return .ignore }
        phase = .connecting
        return .open
    }

    mutating func negotiated(_ result: Negotiated) -> Action {
        guard phase == .connecting else { return .ignore }
        phase = .declaring(result)
        return .establish
    }

    /// Declared, and subscribed or confirming.
    mutating func established(at now: Instant) -> Action {
        guard case .declaring = phase else { return .ignore }
        session += 1
        lastError = nil
        phase = .ready(since: now)
        return .serve(session: session)
    }

    mutating func blocked(_ reason: String) -> Action {
        switch phase {
        case .ready(let since), .blocked(_, let since):
            phase = .blocked(reason: reason, readySince: since)
            return .suspendPublishing(reason: reason)
        case .idle, .connecting, .declaring, .waiting, .closing, .closed:
            return .ignore
        }
    }

    mutating func unblocked() -> Action {
        guard case .blocked(_, let since) = phase else { return .ignore }
        phase = .ready(since: since)
        return .resumePublishing
    }

    /// Any error of the library, a close by the broker, a cancelled subscription, a confirm that does not come.
    mutating func failed(_ reason: String, at now: Instant, jitter: Double) -> Action {
        switch phase {
        case .ready(let since), .blocked(_, let since):
            if since.duration(to: now) >= Self.goodConnection { backoff.reset() }
        case .connecting, .declaring: break
        case .closing:
            phase = .closed
            return .discardAndFinish
        case .idle, .waiting, .closed: return .ignore
        }
        lastError = reason
        let retry = now + backoff.next(jitter: jitter)
        phase = .waiting(until: retry)
        return .discard(retryAt: retry)
    }

    mutating func timePassed(to now: Instant) -> Action {
        switch phase {
        case .waiting(let until) where until <= now:
            phase = .connecting
            return .open
        case .closing(let until) where until <= now:
            phase = .closed
            return .discardAndFinish
        case .idle, .connecting, .declaring, .ready, .blocked, .waiting, .closing, .closed:
            return .ignore
        }
    }

    /// We were asked to end. What is under way has until `deadline`; a blocked connection has nothing it could finish.
    mutating func stop(deadline: Instant) -> Action {
        switch phase {
        case .idle, .waiting:
            phase = .closed
            return .finish
        case .connecting, .declaring, .blocked:
            phase = .closed
            return .discardAndFinish
        case .ready:
            phase = .closing(until: deadline)
            return .drain(until: deadline)
        case .closing, .closed:
            return .ignore
        }
    }

    /// Nothing is under way any more.
    mutating func drained() -> Action {
        guard case .closing = phase else { return .ignore }
        phase = .closed
        return .discardAndFinish
    }
}
