import Contracts
import Foundation
import Testing
import Web

@testable import DepartmentService

/// Forms tell times by the minute, and complaints are heard at a second: what was done in the minute in which the complaint
/// was heard counts as done after it, and nothing that was done in a minute before does.
@Suite("A form's minute and the complaint's second")
struct FormMinuteTests {
    /// Heard forty seconds after 10:30 in Shanghai; it is three minutes later now.
    private static let heardAt = RFC3339.date("2026-11-21T10:30:40+08:00")
    private static let now = RFC3339.date("2026-11-21T10:33:20+08:00")

    /// What is typed, and the sentence at the field; nil where it is taken.
    static let typed: [(minute: String, refusal: String?)] = [
        ("2026-11-21T10:29", "department.wrong.beforeHeard"), ("2026-11-20T10:31", "department.wrong.beforeHeard"),
        ("2026-11-21T10:30", nil), ("2026-11-21T10:31", nil), ("2026-11-21T10:33", nil),
        ("2026-11-21T10:34", "department.wrong.future"),
    ]

    @Test("When work was done", arguments: typed)
    func completion(_ minute: String, _ refusal: String?) throws {
        var fields = Fields(form: [("completedAt", minute)])
        try expect(refusal, .completion, "completedAt", &fields, minute) {
            if case .complete(let at) = $0 { at } else { nil }
        }
    }

    @Test("When what is reported was done", arguments: typed)
    func implementation(_ minute: String, _ refusal: String?) throws {
        var fields = Fields(form: [("outcome", "已更换"), ("completedAt", minute)])
        try expect(refusal, .implementation, "completedAt", &fields, minute) {
            if case .implement(_, let at) = $0 { at } else { nil }
        }
    }

    @Test("When the site was visited", arguments: typed)
    func siteVisit(_ minute: String, _ refusal: String?) throws {
        var fields = Fields(form: [
            ("findings", "冒烟"), ("directCause", "虚焊"), ("rootCause", "温度曲线"), ("responsibility", "制造一部"),
            ("siteVisit.place", "客户厨房"), ("siteVisit.at", minute), ("siteVisit.people", "王工"),
        ])
        try expect(refusal, .investigation, "siteVisit.at", &fields, minute) {
            if case .investigate(let findings) = $0 { findings.siteVisit?.at } else { nil }
        }
    }

    /// Programs tell seconds, and are held to the same minute.
    @Test(
        "A program's second",
        arguments: [
            ("2026-11-21T10:29:59+08:00", "department.wrong.beforeHeard"), ("2026-11-21T10:30:00+08:00", nil),
            ("2026-11-21T02:30:40Z", nil), ("2026-11-21T10:33:21+08:00", "department.wrong.future"),
        ] as [(String, String?)])
    func program(_ time: String, _ refusal: String?) throws {
        var fields = try Fields(json: JSONValue.parse(Data(#"{"completedAt": "\#(time)"}"#.utf8)))
        let command = try? reading().command(.completion, &fields)
        #expect(fields.problems.map(\.phrase.key) == [refusal].compactMap(\.self))
        #expect((command != nil) == (refusal == nil))
    }

    private func reading() throws -> CommandReading {
        CommandReading(
            now: try #require(Self.now), heardAt: try #require(Self.heardAt), timeZone: .shanghai, by: "wang",
            isHead: false, standsIn: false)
    }

    private func expect(
        _ refusal: String?, _ action: WorkAction, _ field: String, _ fields: inout Fields,
        _ minute: String, _ read: (WorkCommand) -> Date?
    ) throws {
        let command = try? reading().command(action, &fields)
        #expect(fields.problems.map(\.phrase.key) == [refusal].compactMap(\.self))
        #expect(fields.problems.allSatisfy { $0.pointer == "/" + field.replacing(".", with: "/") })
        #expect(command.flatMap(read) == (refusal == nil ? RFC3339.date("\(minute):00+08:00") : nil))
    }
}
