import Contracts
import Foundation
import Hummingbird
import Web

/// The callback record (投诉回访情况记录表) of one complaint, as the paper form has it, to be printed on A4. Rule K16.
struct CallbackRecordPage: Sendable {
    let web: CallbackWeb

    func add(to routes: Router<WebContext>) {
        routes.staff("/callback/cases/{number}", roles: CallbackWeb.readers).get("record") { _, context in
            let number = try await web.seenNumber(context)
            let file = try await web.file(number)
            let isOpen = try await web.files.hasOpenedContact(
                of: number, by: context.identity.name, since: context.now - CasePages.contactStaysOpen)
            let view = CallbackRecordView(file: file, context: context, web: web, contactIsOpen: isOpen)
            return try context.page("record", view.data)
        }
    }
}

/// The record's sections as its template needs them.
struct CallbackRecordView {
    let file: CustomerFile
    let context: SignedInContext
    let web: CallbackWeb
    /// Whether this reader has opened how to reach the customer (M18).
    let contactIsOpen: Bool

    /// A field of the form.
    private struct Cell {
        var label: String
        var value: String
        var isLong = false

        var data: [String: Any] { ["label": label, "value": value, "isLong": isLong] }
    }

    var data: [String: Any] {
        [
            "number": file.record.number, "badge": context.badge(file), "sections": sections,
            "case": "/callback/cases/\(file.record.number)", "isMasked": !contactIsOpen,
            "printed": context.time(context.now),
        ]
    }

    private var sections: [[String: Any]] {
        let calls = file.calls.map { (at: $0.at, cells: cells(of: $0)) }
        let talks = file.soothings.map { (at: $0.at, cells: cells(of: $0)) }
        let entries = (calls + talks).sorted { $0.at < $1.at }.map(\.cells)
        return [
            section("complaint", [complaint]), section("solution", [solution]),
            section("callbacks", entries.isEmpty ? [[cell("result", text("none"))]] : entries),
            section("end", [end]),
        ]
    }

    private func section(_ key: String, _ entries: [[Cell?]]) -> [String: Any] {
        ["title": text("section.\(key)"), "entries": entries.map { ["cells": $0.compactMap { $0?.data }] }]
    }

    private var complaint: [Cell?] {
        let complaint = file.complaint
        let person = complaint.complainant
        return [
            cell("number", file.record.number), cell("registeredAt", context.timeText(complaint.registeredAt)),
            cell("customer", person.name.map { contactIsOpen ? $0 : Masking.name($0) }),
            cell("phone", person.phone.map { contactIsOpen ? $0 : Masking.phone($0) }),
            cell("product", complaint.about.product), cell("category", title(file.record.category)),
            cell("reason", complaint.reason, isLong: true), cell("narrative", complaint.narrative, isLong: true),
            cell("request", complaint.request, isLong: true),
        ]
    }

    private var solution: [Cell?] {
        let carriedOut = file.timeline.last { $0.kind == .implemented }
        let proposal = file.proposal
        return [
            cell("department", title(file.record.leadTitle)), cell("rounds", String(file.record.round)),
            cell("measures", proposal?.solution.measures, isLong: true),
            cell("outcome", carriedOut?.facts["outcome"], isLong: true),
            cell("implementedAt", carriedOut.map { context.timeText($0.at) }),
        ]
    }

    private func cells(of call: CallRecord) -> [Cell?] {
        let way = call.way ?? (call.actor.kind == .customer ? "questionnaire" : "phone")
        let answers = (call.answers ?? []).map { Cell(label: title($0.title) ?? "", value: context.words($0)) }
        let result: String
        if let solved = call.solved {
            result = context.text("callback.survey.\(solved ? "yes" : "no")")
        } else {
            result = context.text("callback.case.notReached")
        }
        let satisfaction = call.satisfaction.map { context.text("callback.satisfaction.\($0)") }
        let fixed = [
            cell("at", context.timeText(call.at)), cell("caller", name(of: call.actor)),
            cell("way", context.text("callback.way.\(way)")), cell("round", String(call.round)),
            cell("result", result), cell("satisfaction", satisfaction),
        ]
        return fixed + answers.map(Optional.some) + [cell("words", call.comment, isLong: true)]
    }

    private func cells(of talk: SoothingRecord) -> [Cell?] {
        [
            cell("at", context.timeText(talk.at)), cell("soothedBy", web.pack.person(talk.person, context)),
            cell("talk", talk.note, isLong: true),
        ]
    }

    private var end: [Cell?] {
        let closed = file.timeline.last { $0.kind == .closed }
        return [
            cell("standing", context.text("callback.status.\(file.statusKey).short")),
            cell("how", file.record.outcome.map { context.text("callback.outcome.\($0.rawValue)") }),
            cell("closedAt", closed.map { context.timeText($0.at) }),
            Cell(label: text("label.signature"), value: ""), Cell(label: text("label.date"), value: ""),
        ]
    }

    private func cell(_ key: String, _ value: String?, isLong: Bool = false) -> Cell? {
        guard let value, !value.isEmpty else { return nil }
        return Cell(label: text("label.\(key)"), value: value, isLong: isLong)
    }

    private func name(of actor: Actor) -> String { context.name(of: actor, in: web.pack) }
    private func title(_ title: LocalizedText?) -> String? { title?.text(for: context.language.tag) }
    private func text(_ key: String) -> String { context.text("callback.paper.\(key)") }
}
