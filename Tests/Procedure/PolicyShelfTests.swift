import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("The shelf of packs")
struct PolicyShelfTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "shelf-\(UUID())")
    private var file: String { folder.appending(path: "pack.yaml").path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func write(_ edits: (String, String)...) throws {
        var text = WholePack.text
        for (original, replacement) in edits {
            try #require(text.contains(original))
            text = text.replacingOccurrences(of: original, with: replacement)
        }
        try Data(text.utf8).write(to: URL(filePath: file))
    }

    private func shelf() throws -> PolicyShelf {
        try write()
        let source = try PolicySource.read(file: file)
        return PolicyShelf(try source.load(), from: source)
    }

    @Test("A higher version is taken for new complaints, and what was judged under the earlier keeps it")
    func taken() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let shelf = try shelf()
        let first = shelf.current.stamp
        try write(("version: 3", "version: 4"), ("rulingAfter: 2", "rulingAfter: 5"))
        guard case .acceptable(let pack, let source) = shelf.examine(file: file) else {
            Issue.record("not acceptable")
            return
        }
        #expect(shelf.current.stamp == first)
        #expect(try source.load() == pack)
        shelf.take(pack)
        #expect(shelf.current.stamp.version == 4 && shelf.current.returns.rulingAfter == 5)
        #expect(shelf.pack(first).returns.rulingAfter == 2)
        #expect(shelf.pack(nil).stamp.version == 4)
        #expect(shelf.pack(PolicyStamp(id: "gone", version: 1)).stamp.version == 4)
        #expect(shelf.stamps.map(\.version) == [3, 4])
        guard case .unchanged = shelf.examine(file: file) else {
            Issue.record("seen twice")
            return
        }
    }

    @Test(
        "What cannot follow is refused with the reason, once, and everything goes on as before",
        arguments: [
            (
                [("rulingAfter: 2", "rulingAfter: 5")],
                "says something else (1 differences, the first: ~ returns.rulingAfter: 2 → 5): raise its version"
            ),
            ([("version: 3", "version: 2")], "its version 2 is lower than 3"),
            ([("id: small", "id: large")], "it is another procedure"),
            ([("version: 3", "version: 4"), ("rulingAfter: 2", "rulingAfter: many")], "it does not load"),
            ([("version: 3", "version: 4"), ("timeZone: Asia/Shanghai", "timeZone: UTC")], "another time zone"),
            (
                [("version: 3", "version: 4"), (", {id: sales, title: {zh-Hans: 销售部, en: Sales}, head: he}", "")],
                "other departments"
            ),
        ])
    func refused(edits: [(String, String)], reason: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let shelf = try shelf()
        var text = WholePack.text
        for (original, replacement) in edits { text = text.replacingOccurrences(of: original, with: replacement) }
        try Data(text.utf8).write(to: URL(filePath: file))
        guard case .refused(let why) = shelf.examine(file: file) else {
            Issue.record("not refused")
            return
        }
        #expect(why.contains(reason), "\(why)")
        #expect(shelf.refusal == why)
        #expect(shelf.current.stamp.version == 3)
        guard case .unchanged = shelf.examine(file: file) else {
            Issue.record("said twice")
            return
        }
    }

    @Test("A comment changes nothing, and a file that is gone is refused until it is back")
    func harmless() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let shelf = try shelf()
        try write(("currency: CNY", "currency: CNY  # yuan"))
        guard case .unchanged = shelf.examine(file: file) else {
            Issue.record("a comment was taken for a change")
            return
        }
        try FileManager.default.removeItem(atPath: file)
        guard case .refused = shelf.examine(file: file) else {
            Issue.record("not refused")
            return
        }
        try write()
        _ = shelf.examine(file: file)
        #expect(shelf.refusal == nil)
    }

    @Test("A source holds its calendar, so that the same pack can be had again anywhere")
    func source() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = Samples.compose.appending(path: "policies/kangyu-medical.yaml").path()
        let source = try PolicySource.read(file: file)
        #expect(source.calendar?.contains("cn-office") == true)
        let elsewhere = PolicySource(file: "kept", text: source.text, calendar: source.calendar)
        #expect(try elsewhere.load() == PolicyPack.load(file: file))
        let without = PolicySource(file: "kept", text: source.text)
        #expect(throws: PolicyInvalid.self) { try without.load() }
    }
}
