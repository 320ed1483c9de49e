import Contracts
import Foundation
import Testing

@testable import Procedure

@Suite("Loading a policy pack")
struct PolicyLoadingTests {
    /// A pack that loads, to be broken one place at a time.
    static let sound = """
        id: small
        version: 3
        title: {zh-Hans: 小, en: Small}
        timeZone: Asia/Shanghai
        calendar:
          id: week
          version: 1
          title: {zh-Hans: 周, en: Week}
          years: [2026]
          hours: {monday: ["09:00-17:00"]}
        currency: CNY
        channels:
          - id: web
            title: {zh-Hans: 网站, en: Website}
            script: {greeting: {zh-Hans: 您好, en: Hello}, soothing: {zh-Hans: 抱歉, en: Sorry}}
            readBack: false
        categories:
          - {id: quality, title: {zh-Hans: 质量, en: Quality}, department: quality, otherwise: true, keywords: [坏]}
        severities:
          - {id: general, title: {zh-Hans: 一般, en: General}}
          - {id: major, title: {zh-Hans: 重大, en: Major}}
        judgement:
          valid:
            - {id: complete, title: {zh-Hans: 完整, en: Complete}, when: {field: contact, isTrue: true}}
        grading:
          - {id: large, title: {zh-Hans: 大额, en: Large}, when: {field: amount, atLeast: 100}, severity: major, urgency: urgent}
          - {id: rest, title: {zh-Hans: 其他, en: Rest}, severity: general, urgency: normal}
        departments:
          - {id: quality, title: {zh-Hans: 质量部, en: Quality}, head: li}
        assignment:
          automatic: {field: kind, is: complaint}
        authority:
          general: {compensationLimit: 500, approvalRequired: false}
          major: {approvalRequired: true}
        clocks:
          - {id: sign-off, title: {zh-Hans: 签收, en: Sign}, starts: case.assigned, stops: case.acknowledged, within: 2 hours}
        consent: {validity: 5 working days, rounds: 3}
        callback: {within: 1 working day, attempts: 3, sootheFirst: true, satisfiedFrom: 3}
        returns: {rulingAfter: 2}
        rework: {raiseAfter: 2}
        """

    @Test("A sound pack loads with everything in its place")
    func loads() throws {
        let pack = try PolicyPack.parse(Self.sound, file: "small.yaml")
        #expect(pack.stamp == PolicyStamp(id: "small", version: 3))
        #expect(pack.departments.map(\.owners) == [["li"]])
        #expect(pack.authority[.general]?.compensationLimit == Money("500"))
        #expect(pack.clocks.map(\.warnings) == [[50, 80]])
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let original: String
        let replacement: String
        let line: Int
        let message: String

        var testDescription: String { message }
    }

    static let mistakes: [Mistake] = [
        Mistake(
            original: "currency: CNY", replacement: "curency: CNY", line: 11,
            message: "unknown key 'curency', did you mean 'currency'?"),
        Mistake(
            original: "currency: CNY", replacement: "currency: yuan", line: 11, message: "'yuan' is not a currency code"
        ),
        Mistake(original: "version: 3", replacement: "version: three", line: 2, message: "expected a whole number"),
        Mistake(original: "id: small", replacement: "id: Small Pack", line: 1, message: "'Small Pack' is not an id"),
        Mistake(
            original: "timeZone: Asia/Shanghai", replacement: "timeZone: Shanghai", line: 4,
            message: "is not a time zone"),
        Mistake(
            original: "title: {zh-Hans: 小, en: Small}", replacement: "title: {zh-Hans: 小}", line: 3,
            message: "'en' is missing"),
        Mistake(original: "\"09:00-17:00\"", replacement: "\"17:00-09:00\"", line: 10, message: "are not hours"),
        Mistake(
            original: "department: quality,", replacement: "department: qualitty,", line: 18,
            message: "there is no department 'qualitty', did you mean 'quality'?"),
        Mistake(
            original: "when: {field: contact, isTrue: true}", replacement: "when: {}", line: 24,
            message: "the condition is empty"),
        Mistake(
            original: "when: {field: contact, isTrue: true}", replacement: "when: {all: []}", line: 24,
            message: "the list is empty"),
        Mistake(original: "isTrue: true", replacement: "isTrue: yes", line: 24, message: "expected true or false"),
        Mistake(
            original: "isTrue: true", replacement: "atLeast: 3", line: 24,
            message: "'contact' cannot be compared with 'atLeast'"),
        Mistake(original: "field: contact", replacement: "field: mood", line: 24, message: "expected one of kind"),
        Mistake(
            original: "atLeast: 100", replacement: "atLeast: 1e2", line: 26, message: "expected an amount of money"),
        Mistake(
            original: "severity: major, urgency", replacement: "severity: general, urgency", line: 26,
            message: "the severity 'major' is unreachable"),
        Mistake(
            original: "severity: major, urgency", replacement: "severity: grave, urgency", line: 26,
            message: "there is no severity 'grave'"),
        Mistake(
            original: "when: {field: amount, atLeast: 100}, ", replacement: "", line: 27,
            message: "never reached: the rule 'large' before it has no condition"),
        Mistake(
            original: "{id: rest,", replacement: "{id: rest, when: {field: amount, atLeast: 100},", line: 27,
            message: "never reached: it has the same condition as 'large'"),
        Mistake(
            original: "{id: rest,", replacement: "{id: rest, when: {field: amount, below: 100},", line: 26,
            message: "the last rule needs no 'when'"),
        Mistake(
            original: "{id: rest,", replacement: "{id: large,", line: 27,
            message: "the grading 'large' is declared twice"),
        Mistake(
            original: "head: li}", replacement: "head: li, escalatesTo: nobody}", line: 29,
            message: "there is no department or escalation or party outside 'nobody'"),
        Mistake(
            original: "{field: kind, is: complaint}", replacement: "{field: kind, is: rant}", line: 31,
            message: "found 'rant'"),
        Mistake(
            original: "{field: kind, is: complaint}", replacement: "{field: channel, is: pigeon}", line: 31,
            message: "there is no channel 'pigeon'"),
        Mistake(
            original: "  major: {approvalRequired: true}", replacement: "", line: 33, message: "'major' is missing"),
        Mistake(
            original: "stops: case.acknowledged, ", replacement: "", line: 36, message: "the clock would have no end"),
        Mistake(
            original: "stops: case.acknowledged", replacement: "stops: case.signed", line: 36,
            message: "there is no event 'case.signed'"),
        Mistake(
            original: "stops: case.acknowledged", replacement: "stops: opinion.given", line: 36,
            message: "no clock goes by 'opinion.given'"),
        Mistake(
            original: "stops: case.acknowledged", replacement: "stops: case.assigned", line: 36,
            message: "starts the clock and cannot stop it"),
        Mistake(original: "within: 2 hours", replacement: "within: soon", line: 36, message: "'soon' is not a time"),
        Mistake(
            original: "within: 2 hours", replacement: "within: {general: 2 hours}", line: 36,
            message: "'major' is missing"),
        Mistake(
            original: "within: 2 hours", replacement: "within: 2 hours, warn: [80, 50]", line: 36,
            message: "warnings ascend"),
        Mistake(
            original: "otherwise: true", replacement: "otherwise: false", line: 18,
            message: "exactly one category is 'otherwise: true'"),
        Mistake(original: "rounds: 3", replacement: "rounds: 0", line: 37, message: "expected a whole number from 1"),
        Mistake(original: "keywords: [坏]", replacement: "keywords: [\" \"]", line: 18, message: "expected a word"),
        Mistake(
            original: "otherwise: true, keywords: [坏]", replacement: "otherwise: false", line: 18,
            message: "'keywords' is missing"),
    ]

    @Test("Each mistake is named with its line", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        let text = Self.sound.replacingOccurrences(of: mistake.original, with: mistake.replacement)
        try #require(text != Self.sound)
        let invalid = #expect(throws: PolicyInvalid.self) { try PolicyPack.parse(text, file: "small.yaml") }
        let problems = invalid?.problems ?? []
        #expect(
            problems.contains { $0.message.contains(mistake.message) && $0.line == mistake.line },
            "\(invalid?.description ?? "")")
        #expect(problems.allSatisfy { $0.column >= 1 && $0.file == "small.yaml" })
    }

    @Test("All mistakes are reported together, in the order of the file")
    func together() {
        let text = Self.sound.replacingOccurrences(of: "version: 3", with: "version: 0")
            .replacingOccurrences(of: "currency: CNY", with: "currency: 1")
            .replacingOccurrences(of: "rounds: 3", with: "rounds: many")
            .replacingOccurrences(of: "stops: case.acknowledged, ", with: "")
        let invalid = #expect(throws: PolicyInvalid.self) { try PolicyPack.parse(text, file: "small.yaml") }
        #expect(invalid?.problems.map(\.line) == [2, 11, 36, 37])
    }

    @Test(
        "What is not YAML, is empty or says a key twice is one problem at its place",
        arguments: [
            ("", 1, "empty"), ("a: [1, 2", 1, "not YAML"), ("id: a\nversion: 1\nid: b\n", 1, "written twice: 'id'"),
            ("- 1\n- 2\n", 1, "expected keys and values"),
        ])
    func unreadable(text: String, line: Int, message: String) {
        let invalid = #expect(throws: PolicyInvalid.self) { try PolicyPack.parse(text, file: "x.yaml") }
        #expect(invalid?.problems.contains { $0.message.contains(message) } == true, "\(invalid?.description ?? "")")
    }

    @Test("A file or a calendar that is not there is named")
    func missingFiles() {
        let missing = #expect(throws: PolicyInvalid.self) { try PolicyPack.load(file: "/nowhere/pack.yaml") }
        #expect(missing?.description.hasPrefix("/nowhere/pack.yaml:1:1:") == true)
        let start = Self.sound.range(of: "calendar:\n")
        let end = Self.sound.range(of: "currency:")
        guard let start, let end else { return }
        let text = Self.sound.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: "calendar: gone.yaml\n")
        let invalid = #expect(throws: PolicyInvalid.self) { try PolicyPack.parse(text, file: "small.yaml") }
        #expect(invalid?.problems.map(\.line) == [5])
    }

    static let calendarMistakes: [(String, Int, String)] = [
        ("days: 2026-10-01..2026-10-07", 7, "days: 2026-10-07..2026-10-01"),
        ("days: 2026-10-01..2026-10-07", 7, "days: 2026-02-30"),
        ("days: 2026-10-01..2026-10-07", 7, "days: 2027-10-01"),
        ("worked: 2026-10-10", 7, "worked: 2026-10-09"),
        ("worked: 2026-10-10", 7, "worked: 2026-10-02"),
        ("makeUpHours: [\"09:00-12:00\"]", 1, ""),
        ("[\"09:00-12:00\", \"13:00-18:00\"]", 5, "[\"09:00-12:00\", \"11:00-18:00\"]"),
    ]

    @Test("Mistakes in a calendar have their line", arguments: calendarMistakes)
    func calendarMistake(original: String, line: Int, replacement: String) throws {
        let sound = """
            id: c
            version: 1
            title: {zh-Hans: 历, en: C}
            years: [2026]
            hours: {friday: ["09:00-12:00", "13:00-18:00"]}
            holidays:
              - {name: {zh-Hans: 国庆, en: National}, days: 2026-10-01..2026-10-07, worked: 2026-10-10}
            makeUpHours: ["09:00-12:00"]
            """
        _ = try WorkingCalendar.parse(sound, file: "c.yaml", timeZone: .gmt)
        let text = sound.replacingOccurrences(of: original, with: replacement)
        let invalid = #expect(throws: PolicyInvalid.self) {
            try WorkingCalendar.parse(text, file: "c.yaml", timeZone: .gmt)
        }
        #expect(invalid?.problems.contains { $0.line == line } == true, "\(invalid?.description ?? "")")
    }
}
