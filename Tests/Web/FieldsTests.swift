import Contracts
import Foundation
import Testing
import Web

@Suite struct FieldsTests {
    private static func json(_ text: String) throws -> Fields {
        try Fields(json: JSONValue.parse(Data(text.utf8)))
    }

    @Test(
        "Each kind of wrong value is named by its own sentence",
        arguments: [
            (#"{"x": 5}"#, "text", "validation.notText"), (#"{}"#, "text", "validation.required"),
            (#"{"x": "  "}"#, "text", "validation.required"), (#"{"x": null}"#, "text", "validation.required"),
            (#"{"x": "12345678901"}"#, "text", "validation.tooLong"),
            (#"{"x": "a\u0007"}"#, "text", "validation.control"),
            (#"{"x": "a\u202Eb"}"#, "text", "validation.control"),
            (#"{"x": 1.5}"#, "integer", "validation.notInteger"), (#"{"x": "1"}"#, "integer", "validation.notInteger"),
            (#"{"x": 11}"#, "integer", "validation.outOfRange"), (#"{"x": 12.5}"#, "money", "validation.notText"),
            (#"{"x": "12.555"}"#, "money", "validation.notMoney"), (#"{"x": "-1"}"#, "money", "validation.notMoney"),
            (#"{"x": "2026-11-21T09:30:00"}"#, "time", "validation.notTime"),
            (#"{"x": "yes"}"#, "flag", "validation.notFlag"), (#"{"x": "a"}"#, "texts", "validation.notList"),
            (#"{"x": [1]}"#, "texts", "validation.notText"), (#"{"x": ["a","b","c"]}"#, "texts", "validation.tooMany"),
            (#"{"x": [5]}"#, "objects", "validation.notObject"), (#"{"x": "maybe"}"#, "choice", "validation.notOneOf"),
        ])
    func wrong(body: String, kind: String, key: String) throws {
        var fields = try Self.json(body)
        switch kind {
        case "text": #expect(fields.text("x", required: true, most: 10) == nil)
        case "integer": #expect(fields.integer("x", in: 1...10) == nil)
        case "money": #expect(fields.money("x") == nil)
        case "time": #expect(fields.time("x", timeZone: .shanghai) == nil)
        case "flag": #expect(fields.flag("x") == nil)
        case "texts": _ = fields.texts("x", most: 2)
        case "objects": #expect(fields.objects("x", most: 2).isEmpty)
        default: #expect(fields.choice("x", of: ["yes", "no"]) == nil)
        }
        #expect(fields.problems.map(\.phrase.key) == [key])
        #expect(throws: Problem.self) { try fields.check() }
    }

    @Test("Right values are read from JSON and from a form alike")
    func right() throws {
        var json = try Self.json(
            #"{"t": " 你好 ", "n": 3, "m": "12.50", "w": "2026-11-21T09:30:00+08:00", "f": true, "l": ["a", "b"]}"#)
        var form = Fields(form: [
            ("t", "你好"), ("n", "3"), ("m", "12.50"), ("w", "2026-11-21T09:30"), ("f", "on"), ("l", "a"), ("l", "b"),
        ])
        let time = RFC3339.date("2026-11-21T01:30:00Z")
        for index in 0..<2 {
            var fields = index == 0 ? json : form
            #expect(fields.text("t") == "你好")
            #expect(fields.integer("n", in: 1...10) == 3)
            #expect(fields.money("m") == Money("12.50"))
            #expect(fields.time("w", timeZone: .shanghai) == time)
            #expect(fields.flag("f") == true)
            #expect(fields.texts("l") == ["a", "b"])
            try fields.check()
        }
        #expect(form.flag("absent") == false)
        #expect(json.flag("absent") == nil)
        #expect(form.integer("absent", in: 1...2) == nil)
        #expect(form.problems.isEmpty)
    }

    @Test("A part of something that is no object is wrong, not missing")
    func partOfText() throws {
        var fields = try Self.json(#"{"complainant": "Li", "list": [{"a": "b"}]}"#)
        #expect(fields.text("complainant.phone") == nil)
        #expect(fields.text("list.0.a") == "b")
        #expect(fields.text("list.1.a") == nil)
        #expect(fields.problems.map(\.pointer) == ["/complainant/phone"])
    }

    @Test("A limiter lets a burst through, then one at a time, and forgets nobody too early")
    func limiter() {
        let limiter = AttemptLimiter(capacity: 2, refillEvery: 10, mostKeys: 4)
        let start = Date(timeIntervalSince1970: 0)
        #expect(limiter.take("a", now: start) == nil)
        #expect(limiter.take("a", now: start) == nil)
        #expect(limiter.take("a", now: start) == 10)
        #expect(limiter.take("b", now: start) == nil)
        #expect(limiter.take("a", now: start + 4) == 6)
        #expect(limiter.take("a", now: start + 10) == nil)
        limiter.giveBack("a", now: start + 10)
        #expect(limiter.take("a", now: start + 10) == nil)
        #expect(limiter.take("a", now: start + 10) != nil)
        for name in ["c", "d", "e", "f", "g", "h"] { #expect(limiter.take(name, now: start + 10) == nil) }
    }

    @Test(
        "What nobody reads is refused by name, in JSON and in forms",
        arguments: [
            (#"{"a": 1, "b": {"c": 2}}"#, []), (#"{"x": null}"#, ["/x"]), (#"{"b": {"d": 1, "c": 1}}"#, ["/b/d"]),
            (#"{"l": [{"m": 1}, {"n": 1}]}"#, ["/l/1/n"]), (#"{"b": 5, "l": "x"}"#, []), (#"{"y": {"a": 1}}"#, ["/y"]),
        ])
    func others(json: String, pointers: [String]) throws {
        let known: Set = ["a", "b.c", "l.m"]
        var fields = try Fields(json: JSONValue.parse(Data(json.utf8)))
        fields.refuseOthers(than: known)
        #expect(fields.problems.map(\.pointer) == pointers)
        var form = Fields(form: [("a", "1"), ("csrf", "t"), ("b.c", "2"), ("z", "3"), ("l", "4")])
        form.refuseOthers(than: known)
        #expect(form.problems.map(\.pointer) == ["/z"])
    }

    @Test(
        "A name is one that somebody could have",
        arguments: [
            ("周建国", true), ("Li Na", true), ("客服主管", true), ("王芳（女儿）", true), ("x", false), ("13900010001", false),
            ("- -", false), ("李\n娜", false),
        ])
    func names(text: String, isName: Bool) {
        var fields = Fields(form: [("person", text)])
        #expect((fields.personName("person") != nil) == isName)
        #expect(fields.problems.map(\.pointer) == (isName ? [] : ["/person"]))
    }
}
