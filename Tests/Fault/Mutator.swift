import Contracts
import Foundation
import Messaging
import TestSupport

/// Makes messages that nobody would send, from the samples of those that are sent: bytes changed, cut and added, headers
/// that are missing, of another type or far too long. The same ones for the same seed, but for their ids.
struct Mutator {
    private let samples: [(type: MessageType, body: Data)]
    private var random: SeededGenerator

    init(seed: UInt64) throws {
        let folder = BuildProducts.repository.appendingPathComponent("Tests/Contracts/Golden")
        samples = try MessageCatalogue.all.map { event in
            let type = event.type
            return (type, try Data(contentsOf: folder.appendingPathComponent("\(type.name).json")))
        }
        random = SeededGenerator(seed: seed)
    }

    /// One more message, with an id of its own unless just that was changed.
    mutating func next() -> WireMessage {
        let sample = samples[Int.random(in: 0..<samples.count, using: &random)]
        let id = UUID().uuidString
        var message = WireMessage(
            messageID: id.lowercased(), contentType: "application/json",
            headers: headers(of: sample.type, id: id), body: changed(sample.body))
        if Int.random(in: 0..<4, using: &random) == 0 { changeHeader(of: &message) }
        if Int.random(in: 0..<20, using: &random) == 0 { message.contentType = "text/plain" }
        return message
    }

    /// As a service that says such things would write them, about a complaint that nobody knows.
    private mutating func headers(of type: MessageType, id: String) -> [String: HeaderValue] {
        let speaker = ServiceKind.allCases.first { MessageFlow.said(by: $0).contains(type) } ?? .operations
        let digits = String(Int.random(in: 900_000...999_999, using: &random))
        return [
            "cloudEvents_id": .text(id), "cloudEvents_specversion": "1.0",
            "cloudEvents_source": .text("redress/\(speaker)"), "cloudEvents_type": .text(type.name),
            "cloudEvents_subject": .text("C20250102-09-\(digits)"),
            "cloudEvents_time": "2025-01-02T03:04:05.678Z", "cloudEvents_ticketsequence": 1,
            "cloudEvents_correlationid": "mutation", "cloudEvents_causationid": "mutation",
        ]
    }

    private mutating func changeHeader(of message: inout WireMessage) {
        let name = message.headers.keys.sorted().randomElement(using: &random) ?? ""
        let long = String(repeating: "字", count: 1000)
        // Not a number is what the broker itself refuses to take.
        let values: [HeaderValue?] = [
            nil, 1, true, "", .text(long), .void, .double(-1e308), .list([1, "two"]), .table(["a": .table([:])]),
            .bytes(Data([0xFF, 0xFE, 0])), .text("redress.complaint.received.v9"),
            .timestamp(Date(timeIntervalSince1970: 0)),
            .integer(.min), "\u{0}", "9999-99-99T99:99:99Z", "redress/nobody",
        ]
        message.headers[name] = values[Int.random(in: 0..<values.count, using: &random)]
    }

    private mutating func changed(_ sample: Data) -> Data {
        var body = sample
        switch Int.random(in: 0..<7, using: &random) {
        case 0: body = flipped(body)
        case 1: body = body.prefix(Int.random(in: 0..<body.count, using: &random))
        case 2: body += Data((0..<20).map { _ in UInt8.random(in: 0...255, using: &random) })
        case 3:
            let start = Int.random(in: 0..<body.count, using: &random)
            body.removeSubrange(start..<min(body.count, start + Int.random(in: 1...40, using: &random)))
        case 4: body = oddValue(in: body)
        case 5: body = Data(String(repeating: "[", count: Int.random(in: 1...20_000, using: &random)).utf8)
        default: break
        }
        return Data(body)
    }

    private mutating func flipped(_ body: Data) -> Data {
        var bytes = [UInt8](body)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return Data(bytes)
    }

    /// A field of the sample with a value that its type or its meaning does not allow.
    private mutating func oddValue(in body: Data) -> Data {
        guard var object = (try? JSONSerialization.jsonObject(with: body)) as? [String: Any],
            let name = object.keys.sorted().randomElement(using: &random)
        else { return body }
        let values: [Any] = [
            NSNull(), -1, Int64.max, 1e308, "", "\u{0}\u{202E}", String(repeating: "x", count: 100_000), [Any](),
            [String: Any](), "C99999999-99-999999999", "9999-12-31T23:59:60Z", "-0.001", true,
        ]
        object[name] = values[Int.random(in: 0..<values.count, using: &random)]
        return (try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])) ?? body
    }
}
