import Messaging
import Metrics

/// The publisher's work on the connection's thread: sends what the mailbox brings, matches what the broker answers,
/// and tells those who wait.
struct PublisherRole: ConnectionRole {
    private let mailbox: PublisherMailbox
    private let confirmTimeout: Duration
    private var state: PublisherState
    private var waiting: [UInt64: CheckedContinuation<[PublishResult], Never>] = [:]
    private var nextJob: UInt64 = 0
    private var isSuspended = false

    init(mailbox: PublisherMailbox, window: Int, confirmTimeout: Duration) {
        self.mailbox = mailbox
        self.confirmTimeout = confirmTimeout
        state = PublisherState(window: window, limits: WireLimits())
    }

    mutating func establish(_ link: RabbitLink, session: UInt64) throws(AMQPError) {
        try link.selectConfirms()
        state.beginSession(
            limits: WireLimits(frameMaximum: link.negotiated.frameMaximum, userSize: link.user.utf8.count))
        isSuspended = false
        mailbox.accept()
    }

    mutating func step(_ link: RabbitLink, at now: Instant) throws(AMQPError) -> Bool {
        submit(mailbox.take())
        guard !isSuspended, let outgoing = state.next(at: now) else { return false }
        try link.publish(outgoing.publication, sequence: outgoing.sequence)
        return true
    }

    mutating func receive(_ event: IncomingEvent, at now: Instant) throws(AMQPError) {
        switch event {
        case .control(.acknowledged(let sequence, let multiple)):
            state.acknowledged(sequence, multiple: multiple, at: now)
        case .control(.refused(let sequence, let multiple)):
            state.refused(sequence, multiple: multiple, at: now)
        case .returned(let correlation, let reason):
            guard let sequence = correlation.flatMap({ UInt64($0) }) else {
                throw .protocolViolation("a returned message does not carry its number")
            }
            state.returned(sequence, reason: reason)
        case .delivery, .control: return
        }
    }

    mutating func flush() {
        for answer in state.takeCompleted() {
            waiting.removeValue(forKey: answer.job)?.resume(returning: answer.results)
        }
    }

    mutating func suspend(reason: String) {
        isSuspended = true
        abandon("the broker is blocked: \(reason)")
    }

    mutating func resume() {
        isSuspended = false
        mailbox.accept()
    }

    mutating func beginDraining(_ link: RabbitLink) throws(AMQPError) {
        submit(mailbox.refuse("the publisher is stopping"))
    }

    var isDrained: Bool { state.isIdle }

    var deadline: Instant? { state.confirmDeadline(after: confirmTimeout) }

    func deadlineError() -> AMQPError { .confirmTimeout(seconds: Int(confirmTimeout.components.seconds)) }

    mutating func channelClosed(code: Int, text: String) { state.channelClosed(code: code, text: text) }

    mutating func lost(reason: String) { abandon(reason) }

    private mutating func abandon(_ reason: String) {
        submit(mailbox.refuse(reason))
        state.abandon(reason)
        flush()
    }

    private mutating func submit(_ submissions: [PublisherMailbox.Submission]) {
        for submission in submissions {
            nextJob += 1
            waiting[nextJob] = submission.continuation
            state.submit(nextJob, submission.publications)
        }
    }
}
