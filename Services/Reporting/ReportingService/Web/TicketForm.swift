import Contracts
import Foundation
import Web

/// A section of the paper form.
struct FormSection {
    var title: String
    var entries: [FormEntry]

    var data: [String: Any] { ["title": title, "entries": entries.map(\.data)] }
}

/// What one person wrote into a section.
struct FormEntry {
    var heading: String?
    private var cells: [[String: Any]] = []

    init(_ heading: String? = nil) { self.heading = heading }

    /// A short value; two stand beside each other.
    mutating func add(_ label: String, _ value: String?) {
        if let value, !value.isEmpty { cells.append(["label": label, "value": value]) }
    }

    /// A value that takes the whole width.
    mutating func addLong(_ label: String, _ value: String?) {
        if let value, !value.isEmpty { cells.append(["label": label, "value": value, "isLong": true]) }
    }

    var data: [String: Any] {
        var data: [String: Any] = ["cells": cells]
        if let heading { data["heading"] = ["text": heading] }
        return data
    }
}

/// The complaint ticket (投诉处理单) section by section, as the paper form has them.
struct TicketForm {
    let summary: TicketSummary
    let record: TicketRecord
    let showing: Showing

    var sections: [FormSection] {
        [
            section("record", [recordEntry] + record.supplements.map(supplementEntry)),
            section(
                "judgement", record.judgements.map(judgementEntry) + record.answers.map { noteEntry($0, "answer") }),
            section("assignment", record.assignments.map(assignmentEntry)),
            section("investigation", record.investigations.map(investigationEntry)),
            section("opinions", record.opinions.map(opinionEntry)),
            section("questions", record.questions.map(questionEntry)),
            section("solution", record.solutions.map(solutionEntry)),
            section(
                "implementation",
                record.progress.map { noteEntry($0, "progress") } + record.implementations.map(implementationEntry)),
            section("callback", callbackEntries),
            section("closing", record.closing.map { [closingEntry($0)] } ?? []),
            section("remarks", record.remarks.map(remarkEntry)),
        ]
    }

    /// Callbacks, each followed by the rework that it led to.
    private var callbackEntries: [FormEntry] {
        let entries =
            record.callbacks.map { ($0.at, callbackEntry($0)) } + record.reworks.map { ($0.at, reworkEntry($0)) }
        return entries.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
    }

    func section(_ key: String, _ entries: [FormEntry]) -> FormSection {
        FormSection(title: showing.context.text("reporting.section.\(key)"), entries: entries)
    }

    func label(_ key: String) -> String { showing.context.text("reporting.label.\(key)") }
    func time(_ date: Date) -> String { showing.context.timeText(date) }

    /// "by whom, when" at the end of an entry.
    func signed(_ entry: inout FormEntry, _ actor: Actor?, _ date: Date?) {
        if let actor { entry.add(label("by"), showing.actor(actor)) }
        if let date { entry.add(label("at"), time(date)) }
    }

    private var recordEntry: FormEntry {
        let complaint = record.complaint
        var entry = FormEntry()
        entry.add(label("channel"), showing.channel(complaint.channel))
        entry.add(label("kind"), showing.context.text("reporting.kind.\(complaint.kind.rawValue)"))
        entry.add(label("heardAt"), time(complaint.heardAt))
        entry.add(label("registeredAt"), time(complaint.registeredAt))
        entry.add(label("complainant"), complaint.complainant.name)
        entry.add(label("phone"), complaint.complainant.phone)
        entry.add(label("email"), complaint.complainant.email)
        entry.add(label("address"), complaint.complainant.address)
        entry.add(label("product"), complaint.about.product)
        entry.add(label("orderNumber"), complaint.about.orderNumber)
        entry.add(label("amount"), complaint.amount.map(showing.context.money))
        entry.add(label("affected"), complaint.affected.map(String.init))
        entry.addLong(label("reason"), complaint.reason)
        entry.addLong(label("narrative"), complaint.narrative)
        entry.addLong(label("request"), complaint.request)
        entry.addLong(label("evidence"), evidence(complaint.evidence))
        entry.add(label("recordedBy"), showing.recorder(of: complaint))
        entry.add(label("confirmed"), showing.context.text(complaint.confirmed ? "reporting.yes" : "reporting.no"))
        entry.addLong(label("settled"), record.settledOutcome)
        return entry
    }

    private func supplementEntry(_ supplement: TicketRecord.Supplement) -> FormEntry {
        var entry = FormEntry(label("supplement"))
        entry.addLong(label("narrative"), supplement.narrative)
        entry.addLong(label("evidence"), evidence(supplement.evidence))
        signed(&entry, supplement.by, supplement.at)
        return entry
    }

    private func evidence(_ evidence: [EvidenceReference]) -> String {
        evidence.map { "\($0.name) (\($0.mediaType), \(($0.size + 1023) / 1024) KiB)" }.joined(separator: "\n")
    }

    private func judgementEntry(_ judgement: TicketRecord.Judgement) -> FormEntry {
        let context = showing.context
        var entry = FormEntry(context.text("reporting.round", ["round": "\(judgement.round)"]))
        entry.add(label("verdict"), context.text(judgement.isValid ? "reporting.valid" : "reporting.invalid"))
        entry.add(label("severity"), judgement.severity.map { showing.severity($0) })
        entry.add(label("category"), judgement.categoryTitle.map(showing.text))
        entry.add(label("policy"), judgement.policy.map { showing.text(showing.titles.policy($0)) })
        entry.addLong(label("explanation"), judgement.reason)
        entry.addLong(label("grounds"), explanations(judgement.explanations))
        signed(&entry, judgement.by, judgement.at)
        if let answer = judgement.explanationAnswer {
            let word = context.text(answer.isAccepted ? "reporting.accepted" : "reporting.disputed")
            entry.addLong(
                label("customerAnswer"),
                [word, answer.comment, time(answer.at)].compactMap { $0 }.joined(separator: " · "))
        }
        return entry
    }

    /// Each rule that decided, with the facts that met it.
    func explanations(_ explanations: [Explanation]) -> String {
        explanations.map { explanation in
            let facts = explanation.facts.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
            let text = showing.text(explanation.text) + " [\(explanation.rule)]"
            return facts.isEmpty ? text : text + " " + facts.joined(separator: ", ")
        }.joined(separator: "\n")
    }

    func noteEntry(_ note: TicketRecord.Note, _ key: String) -> FormEntry {
        var entry = FormEntry()
        entry.addLong(label(key), note.text)
        entry.add(label("department"), note.department.map { showing.department($0) })
        entry.add(label("expectedBy"), note.expectedBy.map(time))
        entry.addLong(label("changedNeeds"), note.needs)
        signed(&entry, note.by, note.at)
        return entry
    }
}
