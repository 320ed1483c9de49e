import CRabbitMQ
import Foundation
import Messaging
import Testing

@testable import AMQP

@Suite("What fits on the wire")
struct WireLimitsTests {
    private let limits = WireLimits(frameMaximum: 4096, bodyMaximum: 1000)

    private func publication(_ change: (inout Publication) -> Void) -> Publication {
        var publication = Publication(
            WireMessage(messageID: "id", body: Data()), to: Destination(exchange: "e", routingKey: "k"))
        change(&publication)
        return publication
    }

    @Test("Short strings have 255 bytes at most, counted in UTF-8")
    func shortStrings() {
        let fits = String(repeating: "投", count: 85)
        let fields: [WritableKeyPath<Publication, String>] = [\.destination.exchange, \.destination.routingKey]
        for field in fields {
            #expect(limits.violation(of: publication { $0[keyPath: field] = fits }) == nil)
            #expect(limits.violation(of: publication { $0[keyPath: field] = fits + "x" }) != nil)
        }
        #expect(limits.violation(of: publication { $0.message.messageID = fits + "x" }) != nil)
        #expect(limits.violation(of: publication { $0.message.contentType = fits + "x" }) != nil)
        #expect(limits.violation(of: publication { $0.message.headers = [fits + "x": 1] }) != nil)
        #expect(limits.violation(of: publication { $0.message.headers = ["t": .table([fits + "x": 1])] }) != nil)
    }

    @Test("A body has its limit, and times must be times")
    func bodiesAndTimes() {
        #expect(limits.violation(of: publication { $0.message.body = Data(count: 1000) }) == nil)
        #expect(limits.violation(of: publication { $0.message.body = Data(count: 1001) }) != nil)
        for date in [Date.distantPast, Date(timeIntervalSince1970: -1), Date(timeIntervalSince1970: .infinity)] {
            #expect(limits.violation(of: publication { $0.message.timestamp = date }) != nil)
            #expect(limits.violation(of: publication { $0.message.headers = ["t": .timestamp(date)] }) != nil)
        }
    }

    @Test(
        "The size of a table is what the library writes",
        arguments: [
            [:], ["a": "text"], ["a": 1], ["a": true], ["a": .double(0.5)], ["a": .void], ["a": .bytes(Data([1, 2]))],
            ["a": .timestamp(Date(timeIntervalSince1970: 9))], ["a": .list([1, "two", .void, .list([])])],
            ["a": .table(["b": .table([:]), "c": "投诉"])], ["键": "值", "another": .list([.table(["x": 1])])],
        ] as [[String: HeaderValue]])
    func size(table: [String: HeaderValue]) throws {
        let arena = Arena()
        var encoded = arena.table(table)
        var buffer = [UInt8](repeating: 0, count: 4096)
        var offset = 0
        let status = buffer.withUnsafeMutableBytes { bytes in
            amqp_encode_table(amqp_bytes_t(len: bytes.count, bytes: bytes.baseAddress), &encoded, &offset)
        }
        try #require(status == AMQP_STATUS_OK.rawValue)
        #expect(TableSize.ofTable(table) == offset)
        #expect([String: HeaderValue](encoded) == table)
    }
}
