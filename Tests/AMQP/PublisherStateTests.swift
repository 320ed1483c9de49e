import Foundation
import Messaging
import Testing

@testable import AMQP

@Suite("What a publisher owes to whom")
struct PublisherStateTests {
    private let now = ContinuousClock.now

    private func publications(_ count: Int, exchange: String = "e", key: String = "k") -> [Publication] {
        (0..<count).map {
            Publication(
                WireMessage(messageID: "\($0)", body: Data()), to: Destination(exchange: exchange, routingKey: key))
        }
    }

    private func state(window: Int = 100) -> PublisherState {
        PublisherState(window: window, limits: WireLimits())
    }

    private func sendAll(_ state: inout PublisherState) -> [UInt64] {
        var sent: [UInt64] = []
        while let outgoing = state.next(at: now) { sent.append(outgoing.sequence) }
        return sent
    }

    @Test("Results come in the order given, when the last of them is known")
    func order() {
        var state = state()
        state.submit(1, publications(3))
        #expect(sendAll(&state) == [1, 2, 3])
        state.acknowledged(3, multiple: false, at: now)
        state.refused(1, multiple: false, at: now)
        #expect(state.takeCompleted().isEmpty)
        state.returned(2, reason: "312 NO_ROUTE")
        state.acknowledged(2, multiple: false, at: now)
        #expect(
            state.takeCompleted() == [.init(job: 1, results: [.rejected, .returned("312 NO_ROUTE"), .confirmed])])
        #expect(state.isIdle)
    }

    @Test("No more than the window is in flight; each answer makes room")
    func window() {
        var state = state(window: 2)
        state.submit(1, publications(3))
        state.submit(2, publications(2))
        #expect(sendAll(&state) == [1, 2])
        state.acknowledged(1, multiple: false, at: now)
        #expect(sendAll(&state) == [3])
        state.acknowledged(3, multiple: true, at: now)
        #expect(sendAll(&state) == [4, 5])
        state.acknowledged(5, multiple: true, at: now)
        #expect(state.takeCompleted().map(\.job) == [1, 2])
    }

    @Test("What cannot be sent takes no number and waits for nobody")
    func unsendable() {
        var state = state()
        state.submit(1, publications(1, key: String(repeating: "k", count: 256)) + publications(1))
        #expect(sendAll(&state) == [1])
        state.acknowledged(1, multiple: false, at: now)
        #expect(
            state.takeCompleted() == [
                .init(
                    job: 1,
                    results: [.unsendable("the routing key has 256 bytes; 255 are possible"), .confirmed])
            ])
    }

    @Test("When the connection ends, what was known stays known and the rest is unknown")
    func abandoning() {
        var state = state(window: 2)
        state.submit(1, publications(3))
        state.submit(2, publications(1))
        _ = sendAll(&state)
        state.acknowledged(1, multiple: false, at: now)
        state.abandon("gone")
        #expect(
            state.takeCompleted() == [
                .init(job: 1, results: [.confirmed, .unknown("gone"), .unknown("gone")]),
                .init(job: 2, results: [.unknown("gone")]),
            ])
        #expect(state.isIdle && state.inFlight == 0)
    }

    @Test("Late answers to what was abandoned touch nothing that came after")
    func lateAnswers() {
        var state = state()
        state.submit(1, publications(2))
        _ = sendAll(&state)
        state.abandon("blocked")
        _ = state.takeCompleted()
        state.submit(2, publications(1))
        #expect(sendAll(&state) == [3])
        state.refused(2, multiple: true, at: now)
        #expect(state.takeCompleted().isEmpty)
        state.acknowledged(3, multiple: false, at: now)
        #expect(state.takeCompleted() == [.init(job: 2, results: [.confirmed])])
    }

    @Test("A new session counts from 1")
    func newSession() {
        var state = state()
        state.submit(1, publications(2))
        _ = sendAll(&state)
        state.beginSession(limits: WireLimits())
        _ = state.takeCompleted()
        state.submit(2, publications(1))
        #expect(sendAll(&state) == [1])
    }

    @Test("A channel closed over an exchange answers for the messages to it, and only for those")
    func channelClosed() {
        var state = state()
        state.submit(1, publications(1) + publications(1, exchange: "absent") + publications(1))
        _ = sendAll(&state)
        state.channelClosed(code: 404, text: "NOT_FOUND - no exchange 'absent' in vhost '/'")
        state.abandon("closed")
        #expect(
            state.takeCompleted() == [
                .init(
                    job: 1,
                    results: [
                        .unknown("closed"), .returned("404 NOT_FOUND - no exchange 'absent' in vhost '/'"),
                        .unknown("closed"),
                    ])
            ])
    }

    @Test("A channel closed for another reason leaves everything unknown")
    func channelClosedOtherwise() {
        var state = state()
        state.submit(1, publications(1))
        _ = sendAll(&state)
        state.channelClosed(code: 541, text: "INTERNAL_ERROR exchange 'e'")
        state.abandon("closed")
        #expect(state.takeCompleted() == [.init(job: 1, results: [.unknown("closed")])])
    }

    @Test("The time for a confirm runs from the last progress, and only while something is in flight")
    func confirmDeadline() {
        var state = state()
        #expect(state.confirmDeadline(after: .seconds(30)) == nil)
        state.submit(1, publications(2))
        _ = sendAll(&state)
        #expect(state.confirmDeadline(after: .seconds(30)) == now + .seconds(30))
        state.acknowledged(1, multiple: false, at: now + .seconds(20))
        #expect(state.confirmDeadline(after: .seconds(30)) == now + .seconds(50))
        state.acknowledged(2, multiple: false, at: now + .seconds(21))
        #expect(state.confirmDeadline(after: .seconds(30)) == nil)
    }

    @Test("Nothing to publish is answered at once")
    func empty() {
        var state = state()
        state.submit(1, [])
        #expect(state.takeCompleted() == [.init(job: 1, results: [])])
        #expect(state.isIdle)
    }

    @Test("Many small jobs in a row are sent and answered in order")
    func manyJobs() {
        var state = state(window: 7)
        for job in UInt64(1)...3000 { state.submit(job, publications(1)) }
        var answered: [UInt64] = []
        while !state.isIdle {
            if let last = sendAll(&state).last { state.acknowledged(last, multiple: true, at: now) }
            answered += state.takeCompleted().map(\.job)
        }
        #expect(answered == Array(1...3000))
    }
}
