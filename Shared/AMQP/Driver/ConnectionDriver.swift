import CRabbitMQ
import Foundation
import Logging
import Messaging
import Metrics

/// Carries out what `ConnectionState` decides, for one role, on the one thread that owns the connection. All of it is
/// created on that thread and never leaves it; the outside talks to it through `ConnectionControl` and the mailbox of
/// the role, and wakes it through an eventfd. Waiting is in `poll` alone, on the socket and the eventfd.
final class ConnectionDriver<Role: ConnectionRole> {
    private let address: BrokerAddress
    private let options: ConnectionOptions
    private let topology: Topology?
    private let control: ConnectionControl
    private let logger: Logger
    private let sessions: Counter

    private var role: Role
    private var state: ConnectionState
    private var link: RabbitLink?
    private var assembly = MessageAssembly()

    init(
        address: BrokerAddress, options: ConnectionOptions, topology: Topology?, control: ConnectionControl,
        logger: Logger, role: Role
    ) {
        self.address = address
        self.options = options
        self.topology = topology
        self.control = control
        self.logger = logger
        self.role = role
        state = ConnectionState(backoff: options.backoff)
        sessions = Counter(label: "redress_broker_connections_total", dimensions: [("connection", options.name)])
    }

    /// Returns when the connection is closed for good.
    func run() {
        var action = state.start()
        while true {
            control.update(state.status)
            switch action {
            case .open: action = open()
            case .establish: action = establish()
            case .serve: action = serve()
            case .discard(let retry): action = wait(until: retry)
            case .discardAndFinish, .finish: return finish()
            case .suspendPublishing, .resumePublishing, .drain, .ignore: return finish()
            }
        }
    }

    // MARK: Opening

    private func open() -> ConnectionState.Action {
        if control.isStopRequested { return state.stop(deadline: .now) }
        do throws(AMQPError) {
            let link = try RabbitLink(to: address, options: options)
            self.link = link
            return state.negotiated(link.negotiated)
        } catch {
            return failed(error)
        }
    }

    private func establish() -> ConnectionState.Action {
        guard let link, !control.isStopRequested else { return state.stop(deadline: .now) }
        do throws(AMQPError) {
            assembly = MessageAssembly()
            // Each answer has its own timeout; the watchdog is for what hangs in spite of it.
            try link.guarded("declare", for: options.answerTimeout * 4) { () throws(AMQPError) in
                if let topology { try link.declare(topology) }
                try role.establish(link, session: state.session + 1)
            }
            logger.info("connected to the broker", metadata: ["broker": "\(address)", "connection": "\(options.name)"])
            sessions.increment()
            return state.established(at: .now)
        } catch {
            return failed(error)
        }
    }

    private func failed(_ error: AMQPError) -> ConnectionState.Action {
        logger.warning(
            "connection to the broker failed",
            metadata: ["broker": "\(address)", "connection": "\(options.name)", "error": "\(error)"])
        link = nil
        let action = state.failed(error.description, at: .now, jitter: Double.random(in: 0..<1))
        // Before anybody learns of the end of the session, it must not look ready any more.
        control.update(state.status)
        role.lost(reason: error.description)
        return action
    }

    private func wait(until retry: ContinuousClock.Instant) -> ConnectionState.Action {
        while true {
            control.wakeup.clear()
            if control.isStopRequested { return state.stop(deadline: .now) }
            let action = state.timePassed(to: .now)
            guard action == .ignore else { return action }
            control.wakeup.wait(until: retry)
        }
    }

    private func finish() {
        link?.sayGoodbye()
        link = nil
        control.update(.closed)
        role.lost(reason: "the connection is closed")
        control.finish()
        logger.debug("connection to the broker closed", metadata: ["connection": "\(options.name)"])
    }

    // MARK: Serving

    private func serve() -> ConnectionState.Action {
        guard let link else { return state.failed("not connected", at: .now, jitter: 0) }
        do throws(AMQPError) {
            while true {
                control.wakeup.clear()
                if control.isStopRequested, let end = try stop(link) { return end }
                try work(link)
                role.flush()
                if role.isDrained, case .closing = state.phase { return state.drained() }
                let late = state.timePassed(to: .now)
                guard late == .ignore else { return late }
                if let deadline = role.deadline, deadline <= .now { throw role.deadlineError() }
                if !link.hasBufferedInput { control.wakeup.wait(socket: link.socket, until: nextLook) }
            }
        } catch {
            return failed(error)
        }
    }

    private func stop(_ link: RabbitLink) throws(AMQPError) -> ConnectionState.Action? {
        let action = state.stop(deadline: .now + options.drainTimeout)
        control.update(state.status)
        switch action {
        case .drain:
            try role.beginDraining(link)
            return nil
        case .ignore: return nil
        case .open, .establish, .serve, .suspendPublishing, .resumePublishing, .discard, .discardAndFinish, .finish:
            return action
        }
    }

    /// All input, then all work, with input before each piece: only so are heartbeats seen while much is sent, and a
    /// send that could wait for ever on a dead peer is not begun.
    private func work(_ link: RabbitLink) throws(AMQPError) {
        var isCorked = false
        try link.guarded("receive") { () throws(AMQPError) in try drain(link) }
        while try link.guarded("work", { () throws(AMQPError) in try role.step(link, at: .now) }) {
            if !isCorked {
                link.cork(true)
                isCorked = true
            }
            try link.guarded("receive") { () throws(AMQPError) in try drain(link) }
        }
        if isCorked { link.cork(false) }
    }

    private func drain(_ link: RabbitLink) throws(AMQPError) {
        while let frame = try link.nextFrame() {
            guard let event = try assembly.take(frame) else { continue }
            try handle(event, link)
        }
    }

    private func handle(_ event: IncomingEvent, _ link: RabbitLink) throws(AMQPError) {
        switch event {
        case .control(.blocked(let reason)):
            guard case .suspendPublishing = state.blocked(reason) else { return }
            logger.warning("the broker is blocked", metadata: ["connection": "\(options.name)", "reason": "\(reason)"])
            control.update(state.status)
            role.suspend(reason: reason)
        case .control(.unblocked):
            guard state.unblocked() == .resumePublishing else { return }
            role.resume()
            control.update(state.status)
        case .control(.channelClosed(let code, let text)):
            role.channelClosed(code: code, text: text)
            link.confirmClose(REDRESS_CHANNEL_CLOSE_OK)
            throw .channelClosed(operation: options.name, code: code, text: text)
        case .control(.connectionClosed(let code, let text)):
            link.confirmClose(REDRESS_CONNECTION_CLOSE_OK)
            throw .connectionClosed(operation: options.name, code: code, text: text)
        case .delivery, .returned, .control:
            try role.receive(event, at: .now)
        }
    }

    /// Often enough that heartbeats are sent and missed in time.
    private var nextLook: ContinuousClock.Instant {
        let heartbeat = max(1, link?.negotiated.heartbeat ?? 1)
        var next = ContinuousClock.now + .seconds(heartbeat) / 3
        if let deadline = role.deadline { next = min(next, deadline) }
        if case .closing(let until) = state.phase { next = min(next, until) }
        return next
    }
}
