import Foundation
import Testing
import Web

@Suite struct FormatsTests {
    private static let noon = Date(timeIntervalSince1970: 1_795_147_200)  // 2026-11-20 12:00 in China

    @Test("Times are told in the pack's time zone")
    func times() throws {
        let utc = try #require(TimeZone(identifier: "UTC"))
        #expect(TimeText.short(Self.noon, .shanghai, .zhHans) == "2026-11-20 12:00")
        #expect(TimeText.short(Self.noon, .shanghai, .en) == "20 Nov 2026, 12:00")
        #expect(TimeText.short(Self.noon, utc, .zhHans) == "2026-11-20 04:00")
        #expect(TimeText.day(Self.noon + 12 * 3600, .shanghai) == "2026-11-21")
    }

    @Test(
        "Distances have the two largest units",
        arguments: [
            (0, "不到 1 分钟", "less than 1 min"), (61, "1 分钟", "1 min"), (3600, "1 小时", "1 h"),
            (12_000, "3 小时 20 分钟", "3 h 20 min"), (183_660, "2 天 3 小时", "2 d 3 h"), (86_520, "1 天", "1 d"),
        ] as [(Double, String, String)])
    func distances(seconds: Double, chinese: String, english: String) {
        #expect(TimeText.distance(seconds, .zhHans) == chinese)
        #expect(TimeText.distance(seconds, .en) == english)
    }

    @Test(
        "A deadline is fine, pressing or missed while its clock runs, and met or late once it has stopped",
        arguments: [
            DeadlineCase(due: 100, name: "soon"), DeadlineCase(due: 18_000, name: "ok"),
            DeadlineCase(due: -1, name: "overdue"), DeadlineCase(due: 0, name: "soon"),
            DeadlineCase(due: 100, started: -1000, name: "soon"), DeadlineCase(due: 100, started: -300, name: "ok"),
            DeadlineCase(due: 100, ended: 50, name: "met"), DeadlineCase(due: 100, ended: 100, name: "met"),
            DeadlineCase(due: 100, ended: 101, name: "late"),
        ])
    func deadlines(_ row: DeadlineCase) {
        let state = DeadlineState(
            dueAt: Self.noon + row.due, startedAt: row.started.map { Self.noon + $0 },
            endedAt: row.ended.map { Self.noon + $0 }, now: Self.noon)
        #expect(state.name == row.name)
    }

    /// Seconds from now, and what is to be said about them.
    struct DeadlineCase: Sendable {
        var due: Double
        var started: Double?
        var ended: Double?
        var name: String
    }

    @Test(
        "Personal data are masked (M18)",
        arguments: [
            (Masking.phone("13812345678"), "138****5678"), (Masking.phone("1234"), "**34"), (Masking.phone(""), ""),
            (Masking.name("王小明"), "王**"), (Masking.name("王"), "王"), (Masking.name("John Smith"), "J*** S****"),
            (Masking.email("lin@example.com"), "l***@example.com"), (Masking.email("x"), "x"),
            (Masking.address("北京市海淀区中关村大街1号"), "北京市海淀区****"), (Masking.address("北京"), "北*"),
        ])
    func masking(masked: String, expected: String) {
        #expect(masked == expected)
    }

    @Test(
        "The language that a browser prefers",
        arguments: [
            ("en", Language.en), ("zh-CN,zh;q=0.9,en;q=0.8", .zhHans), ("en;q=0.3, zh;q=0.4", .zhHans),
            ("fr-FR", nil), ("", nil), ("en;q=0", nil), ("*", nil), ("de, en-GB;q=0.7", .en),
        ] as [(String, Language?)])
    func languages(header: String, language: Language?) {
        #expect(Language.preferred(in: header) == language)
    }

    @Test("The trace of a valid header goes on; anything else begins a new one")
    func traces() {
        let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let continued = TraceContext.continued(header)
        #expect(continued.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-"))
        #expect(continued.hasSuffix("-01"))
        #expect(continued != header)
        for bad in [nil, "", "00-x-y-z", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", header + "-x"] {
            let fresh = TraceContext.continued(bad)
            #expect(fresh.split(separator: "-").map(\.count) == [2, 32, 16, 2])
            #expect(!fresh.contains("4bf92f3577b34da6a3ce929d0e0e4736"))
        }
    }
}
