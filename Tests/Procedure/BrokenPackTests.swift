import Foundation
import Testing

@testable import Procedure

/// Every kind of mistake in the sections beyond the first ones, each with the line that it is on.
@Suite("Broken packs")
struct BrokenPackTests {
    /// What is written, what stands there instead, a part of the line on which the problem is reported, and the message.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let original: String
        let replacement: String
        let line: String
        let message: String

        init(_ original: String, _ replacement: String, on line: String, _ message: String) {
            self.original = original
            self.replacement = replacement
            self.line = line
            self.message = message
        }

        var testDescription: String { message }
    }

    static let conditions: [Mistake] = [
        Mistake(
            "{field: contact, isTrue: true}", "{field: severity, is: major}", on: "id: complete",
            "'severity' is not known before the complaint is graded"),
        Mistake(
            "{field: contact, isTrue: true}", "{field: category, is: quality}", on: "id: complete",
            "'category' is not known before the complaint is categorised"),
        Mistake(
            "when: {field: amount, atLeast: 100}", "when: {field: urgency, is: urgent}", on: "id: large",
            "'urgency' is not known before the complaint is graded"),
        Mistake(
            "{all: [{field: urgency, is: urgent}", "{all: [{field: urgency, is: soon}", on: "{all: [{field: urgency",
            "expected one of normal, urgent, emergency, found 'soon'"),
        Mistake(
            "when: {all: [{field: urgency, is: urgent}, {field: importance, is: important}]}",
            "when: {field: declines, atLeast: 1}", on: "when: {field: declines, atLeast: 1}\n  team",
            "'declines' is not known before the complaint is handled"),
        Mistake(
            "{field: importance, is: important}", "{field: importance, is: high}", on: "is: high",
            "expected one of ordinary, important"),
        Mistake(
            "excluded: {field: outcome, is: explained}", "excluded: {field: outcome, is: fine}", on: "excluded",
            "found 'fine'"),
        Mistake(
            "{field: declines, atLeast: 1}", "{field: declines, contains: 1}", on: "id: grave",
            "'declines' cannot be compared with 'contains'"),
    ]

    static let authority: [Mistake] = [
        Mistake(
            "compensationStandard: 2000", "compensationStandard: 400", on: "general: {compensationLimit",
            "500 is above the standard of 400"),
        Mistake(
            "{id: top, title: {zh-Hans: 总经办, en: Office}, approver: boss}",
            "{id: top, title: {zh-Hans: 总经办, en: Office}}",
            on: "{id: top", "'approver' is missing"),
        Mistake(
            "when: {field: severity, is: major}, levels: [top]", "when: {field: severity, is: major}, levels: [deputy]",
            on: "{id: top", "the level 'top' is never reached"),
        Mistake("levels: [head, deputy]", "levels: [head, deputie]", on: "id: big", "did you mean 'deputy'?"),
        Mistake(
            "compensationAbove: 800, ", "", on: "id: big", "it would always be met"),
        Mistake("remedies: [return, exchange]", "remedies: [gift]", on: "id: return", "found 'gift'"),
        Mistake(
            "{id: deputy, title", "{id: head, title", on: "approver: deputy",
            "the approval level 'head' is declared twice"),
    ]

    static let groups: [Mistake] = [
        Mistake(
            "assisting: [quality]", "assisting: [legal]", on: "- id: major",
            "'legal' leads the group and cannot assist itself"),
        Mistake("presentsWith: quality", "presentsWith: nobody", on: "presentsWith", "there is no department 'nobody'"),
        Mistake("headsConfirm: true", "headsConfirm: maybe", on: "headsConfirm", "expected true or false"),
        Mistake("team: quality", "team: firemen", on: "team:", "there is no department 'firemen'"),
        Mistake("who: [boss]", "who: []", on: "management:", "the list is empty"),
        Mistake(
            "to: [centre, office]", "to: [centre, moon]", on: "id: grave",
            "there is no department or escalation or party outside 'moon'"),
        Mistake("form: written", "form: sung", on: "id: grave", "expected one of told, written"),
        Mistake("purpose: support", "purpose: fun", on: "id: grave", "expected one of information, support, decision"),
    ]

    static let courses: [Mistake] = [
        Mistake("recordedBy: [agent, handler]", "recordedBy: [guard]", on: "recordedBy", "found 'guard'"),
        Mistake(
            "raisedTo: [centre]", "raisedTo: [quality]", on: "raisedTo",
            "there is no party outside or escalation 'quality'"),
        Mistake("channel: web, party", "channel: fax, party", on: "id: orders", "there is no channel 'fax'"),
        Mistake("party: centre", "party: office", on: "id: orders", "there is no party outside 'office'"),
        Mistake(
            "updates: {every: 3 working days}", "updates: {every: weekly}", on: "updates", "'weekly' is not a time"),
        Mistake("silence: ruling", "silence: golden", on: "consent:", "expected one of ruling, agreed, declined"),
        Mistake("ways: [phone, letter]", "ways: [pigeon]", on: "consent:", "found 'pigeon'"),
        Mistake("scale: oneToFive", "scale: stars", on: "callback:", "expected one of oneToFive, yesNo, text"),
        Mistake("returnsTo: another", "returnsTo: anyone", on: "rework:", "expected one of handler, another, head"),
        Mistake("compensationLimit: 50}", "compensationLimit: -5}", on: "firstContact", "expected an amount of money"),
    ]

    static let oversight: [Mistake] = [
        Mistake(
            "every: month, within: 3", "every: week, within: 3", on: "id: monthly",
            "expected one of month, quarter, halfYear, year"),
        Mistake("contents: [overview, categories]", "contents: [gossip]", on: "id: monthly", "found 'gossip'"),
        Mistake("measure: onTime, clock: sign-off", "measure: onTime", on: "id: prompt", "'onTime' needs the 'clock'"),
        Mistake("measure: onTime,", "measure: satisfied,", on: "id: prompt", "'onTime' needs the 'clock'"),
        Mistake(
            "clock: sign-off", "clock: sign-of", on: "id: prompt",
            "there is no clock 'sign-of', did you mean 'sign-off'?"),
        Mistake("target: 95", "target: 101", on: "id: prompt", "expected a whole number from 1 to 100"),
        Mistake("samplePercent: 5", "samplePercent: 200", on: "samplePercent", "expected a whole number from 0 to 100"),
        Mistake("masks: {agent: []", "masks: {clerk: []", on: "masks:", "unknown key 'clerk'"),
        Mistake(
            "caller: [address]", "caller: [soul]", on: "masks:",
            "expected one of name, phone, email, address, orderNumber"),
        Mistake("roles: [manager]", "roles: [king]", on: "confidential:", "found 'king'"),
        Mistake(
            "personalData: 18 months", "personalData: for ever", on: "retention:",
            "'for ever' is not a time to keep data"),
        Mistake("step: \"2.0\"", "step: \"1.0\"", on: "step: \"1.0\"\n", "the step '1.0' is declared twice"),
        Mistake("[clocks.sign-off, raising]", "[clocks.signoff]", on: "[clocks.signoff]", "there is no 'signoff'"),
        Mistake(
            "severities: [important, major]", "severities: [grave]", on: "severities: [grave]",
            "expected one of general, important, major, found 'grave'"),
        Mistake("li: {zh-Hans: 李经理, en: Mr Li}", "li: {zh-Hans: 李经理}", on: "people:", "'en' is missing"),
        Mistake("words: {case.assigned", "words: {case.asigned", on: "words: {case", "did you mean 'case.assigned'?"),
        Mistake("on: complaint.heard", "on: complaint.herd", on: "step: \"1.0\"", "did you mean 'complaint.heard'?"),
        Mistake("authority.general, approval", "authority.genral, approval", on: "chosen:", "did you mean 'general'?"),
        Mistake(
            "clocks.sign-off.within,", "clocks.sign-off.limit,", on: "chosen:", "'clocks.sign-off.limit' leads nowhere"),
        Mistake("{id: legal,", "{id: legal, floor: 3,", on: "{id: legal", "unknown key 'floor'"),
    ]

    @Test("Each is refused with its line", arguments: conditions + authority + groups + courses + oversight)
    func mistake(_ mistake: Mistake) throws {
        let sound = WholePack.text
        try #require(sound.contains(mistake.original))
        let text = sound.replacingOccurrences(of: mistake.original, with: mistake.replacement)
        let invalid = #expect(throws: PolicyInvalid.self) { try PolicyPack.parse(text, file: "whole.yaml") }
        let place = try #require(text.range(of: mistake.line))
        let line = text[..<place.lowerBound].count { $0 == "\n" } + 1
        #expect(
            invalid?.problems.contains { $0.message.contains(mistake.message) && $0.line == line } == true,
            "line \(line): \(invalid?.description ?? "")")
    }
}
