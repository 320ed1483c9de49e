import Foundation
import Messaging
import Testing

@testable import AMQP

@Suite("Putting messages together from frames")
struct MessageAssemblyTests {
    private let deliver = Frame.content(.deliver(tag: 7, redelivered: true, exchange: "e", routingKey: "k"))
    private let returned = Frame.content(.returned(code: 312, text: "NO_ROUTE"))

    private func header(_ size: UInt64, correlation: String? = nil) -> Frame {
        .header(
            bodySize: size,
            ReceivedProperties(message: WireMessage(messageID: "m", body: Data()), correlation: correlation))
    }

    private func body(_ text: String) -> Frame { .body(Data(text.utf8)) }

    private func delivery(_ text: String) -> IncomingEvent {
        .delivery(
            ReceivedDelivery(
                tag: 7, redelivered: true, exchange: "e", routingKey: "k",
                message: WireMessage(messageID: "m", body: Data(text.utf8))))
    }

    private func events(_ frames: [Frame]) throws -> [IncomingEvent] {
        var assembly = MessageAssembly()
        return try frames.compactMap { try assembly.take($0) }
    }

    @Test("A body in one piece, in several, and none")
    func bodies() throws {
        #expect(try events([deliver, header(5), body("hello")]) == [delivery("hello")])
        #expect(try events([deliver, header(5), body("he"), body(""), body("llo")]) == [delivery("hello")])
        #expect(try events([deliver, header(0)]) == [delivery("")])
        #expect(try events([deliver, header(5), body("he")]) == [])
    }

    @Test("One after another")
    func several() throws {
        let frames = [
            deliver, header(1), body("a"), returned, header(1, correlation: "9"), body("b"), deliver, header(0),
        ]
        #expect(
            try events(frames) == [
                delivery("a"), .returned(correlation: "9", reason: "312 NO_ROUTE"), delivery(""),
            ])
    }

    @Test("Methods of the connection may come in between")
    func control() throws {
        let frames = [deliver, .control(.unblocked), header(2), body("a"), .control(.blocked(reason: "r")), body("b")]
        #expect(
            try events(frames) == [.control(.unblocked), .control(.blocked(reason: "r")), delivery("ab")])
    }

    @Test("Frames out of turn, and bodies that are too long, are a broken connection")
    func violations() {
        for frames in [
            [header(1)], [body("a")], [deliver, deliver], [deliver, body("a")], [deliver, header(1), header(1)],
            [deliver, header(1), deliver], [deliver, header(1), body("ab")], [deliver, header(0), body("a")],
        ] {
            #expect(throws: AMQPError.self) { try events(frames) }
        }
    }
}
