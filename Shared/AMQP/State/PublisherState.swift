import Foundation
import Messaging

/// Everything a publisher has been given and not yet answered: who waits for which results, what is still to be sent
/// and what is in flight. A value; the thread that owns the connection feeds it.
struct PublisherState: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// Who waits, and for which of the publications.
    struct Ticket: Hashable, Sendable {
        var job: UInt64
        var index: Int
    }

    /// An answer that is complete.
    struct Completed: Hashable, Sendable {
        var job: UInt64
        var results: [PublishResult]
    }

    /// What goes on the wire now.
    struct Outgoing: Hashable, Sendable {
        var sequence: UInt64
        var publication: Publication
    }

    private struct Job: Sendable {
        var publications: [Publication]
        var results: [PublishResult?]
        var open: Int
    }

    let window: Int
    private(set) var limits: WireLimits
    private var jobs: [UInt64: Job] = [:]
    private var ledger = ConfirmLedger<Ticket>()
    /// Jobs in the order given, with how far the first one has been sent.
    private var queue: [UInt64] = []
    private var queueHead = 0
    private var position = 0
    private var completed: [Completed] = []
    /// When the broker was last heard to confirm, or had nothing to confirm.
    private var lastProgress: Instant?

    /// At most `window` publications are in flight.
    init(window: Int, limits: WireLimits) {
        self.window = window
        self.limits = limits
    }

    var isIdle: Bool { jobs.isEmpty }
    var inFlight: Int { ledger.count }

    mutating func submit(_ id: UInt64, _ publications: [Publication]) {
        guard !publications.isEmpty else { return completed.append(Completed(job: id, results: [])) }
        jobs[id] = Job(
            publications: publications, results: Array(repeating: nil, count: publications.count),
            open: publications.count)
        queue.append(id)
    }

    /// The next to send, numbered; nil when nothing waits or the window is full. What cannot be sent at all is
    /// answered on the way.
    mutating func next(at now: Instant) -> Outgoing? {
        while queueHead < queue.count, ledger.count < window {
            let id = queue[queueHead]
            guard let job = jobs[id], position < job.publications.count else {
                advanceQueue()
                continue
            }
            let ticket = Ticket(job: id, index: position)
            let publication = job.publications[position]
            position += 1
            if let reason = limits.violation(of: publication) {
                resolve(ticket, .unsendable(reason))
                continue
            }
            if ledger.isEmpty { lastProgress = now }
            return Outgoing(sequence: ledger.published(ticket), publication: publication)
        }
        return nil
    }

    private mutating func advanceQueue() {
        queueHead += 1
        position = 0
        if queueHead == queue.count || queueHead > 1024 {
            queue.removeFirst(queueHead)
            queueHead = 0
        }
    }

    mutating func acknowledged(_ sequence: UInt64, multiple: Bool, at now: Instant) {
        lastProgress = now
        settle(ledger.acknowledged(sequence, multiple: multiple))
    }

    mutating func refused(_ sequence: UInt64, multiple: Bool, at now: Instant) {
        lastProgress = now
        settle(ledger.refused(sequence, multiple: multiple))
    }

    mutating func returned(_ sequence: UInt64, reason: String) {
        ledger.returned(sequence, reason: reason)
    }

    /// The broker closed the channel because of a publication. It does not say which; but what names the exchange of
    /// one in flight (404 no such exchange, 403 no permission) would close every later channel too if it were merely
    /// unknown, so these are answered as not routed.
    mutating func channelClosed(code: Int, text: String) {
        guard code == 404 || code == 403 else { return }
        let culprits = ledger.withdraw { ticket in
            guard let exchange = jobs[ticket.job]?.publications[ticket.index].destination.exchange else { return false }
            return text.contains("exchange '\(exchange)'")
        }
        for ticket in culprits { resolve(ticket, .returned("\(code) \(text)")) }
    }

    /// The connection ended, or is blocked: the fate of everything given so far is unknown.
    mutating func abandon(_ reason: String) {
        _ = ledger.abandon()
        for (id, job) in jobs.sorted(by: { $0.key < $1.key }) {
            completed.append(Completed(job: id, results: job.results.map { $0 ?? .unknown(reason) }))
        }
        jobs = [:]
        queue = []
        queueHead = 0
        position = 0
        lastProgress = nil
    }

    /// A new channel counts from 1 again, and may have agreed on another size of frames.
    mutating func beginSession(limits: WireLimits) {
        abandon("the connection was replaced")
        ledger = ConfirmLedger()
        self.limits = limits
    }

    /// When the broker must have confirmed something; nil when nothing is in flight.
    func confirmDeadline(after timeout: Duration) -> Instant? {
        ledger.isEmpty ? nil : lastProgress.map { $0 + timeout }
    }

    mutating func takeCompleted() -> [Completed] {
        defer { completed = [] }
        return completed
    }

    private mutating func settle(_ verdicts: [ConfirmLedger<Ticket>.Verdict]) {
        for verdict in verdicts {
            switch verdict.result {
            case .confirmed: resolve(verdict.ticket, .confirmed)
            case .rejected: resolve(verdict.ticket, .rejected)
            case .returned(let reason): resolve(verdict.ticket, .returned(reason))
            }
        }
    }

    private mutating func resolve(_ ticket: Ticket, _ result: PublishResult) {
        guard jobs[ticket.job]?.results[ticket.index] == nil else { return }
        jobs[ticket.job]?.results[ticket.index] = result
        jobs[ticket.job]?.open -= 1
        guard jobs[ticket.job]?.open == 0, let job = jobs.removeValue(forKey: ticket.job) else { return }
        completed.append(Completed(job: ticket.job, results: job.results.map { $0 ?? .unknown("no result") }))
    }
}
