import Foundation
import Testing
import Web

/// Bodies that no browser sends: whatever comes, a parser reads it or refuses it.
@Suite struct MutatedBodyTests {
    /// The same sequence in every run, so that what was found once is found again.
    private struct Sequence64: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let form =
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n值\r\n--b\r\n"
        + "Content-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\nxy\r\n--b--\r\n"
    private static let json = #"{"complainant": {"phone": "1"}, "n": [1, 2.5, -3e9, null, true], "text": "一\u00e9"}"#
    private static let query = "a=1&b=%E4%BD%A0&complainant.phone=%2B86+1&=&c"

    @Test("Ten thousand mutated bodies crash nothing", arguments: [form, json, query])
    func mutations(body: String) {
        var random = Sequence64(state: UInt64(body.utf8.count))
        var refused = 0
        for _ in 0..<10_000 {
            let mutated = Self.mutate(Data(body.utf8), &random)
            do {
                _ = try Self.read(mutated, like: body)
            } catch is Problem {
                refused += 1
            } catch {
                Issue.record("\(error)")
            }
        }
        #expect(refused > 0)
        #expect(refused < 10_000)
    }

    private static func read(_ data: Data, like body: String) throws -> Bool {
        switch body {
        case form:
            return try MultipartForm.parse(data, boundary: "b").isEmpty
        case json:
            var fields = try Fields(json: JSONValue.parse(data))
            _ = fields.text("complainant.phone", required: true)
            _ = fields.integer("n.0", in: 0...5)
            _ = fields.texts("n")
            _ = fields.money("n.1")
            try fields.check()
        default:
            guard let text = String(data: data, encoding: .utf8) else { throw Problem.malformed() }
            var fields = Fields(form: try URLEncodedForm.parse(text))
            _ = fields.integer("a", in: 0...9)
            _ = fields.time("b", timeZone: .shanghai)
            _ = fields.flag("c")
        }
        return true
    }

    /// One to four changes: a byte replaced, put in or taken out, a stretch doubled or cut.
    private static func mutate(_ data: Data, _ random: inout Sequence64) -> Data {
        var bytes = Array(data)
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...20, using: &random))
            let marks = Array("\r\n\"-;=&%{}[],:\\b\u{0}".utf8)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default: bytes.removeSubrange(place..<end)
            }
        }
        return Data(bytes)
    }
}
