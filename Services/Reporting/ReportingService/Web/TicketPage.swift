import Contracts
import Foundation
import Hummingbird
import Web

extension ReportingDesk {
    /// The complaint ticket (投诉处理单), in the sections of the paper form.
    func ticket(_ context: SignedInContext) async throws -> Response {
        let details = try await details(context)
        let procedure = packs.procedure(details.record.policy)
        let masking = masking(details, context.identity)
        let showing = Showing(context: context, titles: titles)
        let record = try masking?.masked(details.record) ?? details.record
        let form = TicketForm(summary: details.summary, record: record, showing: showing)
        let data: [String: Any] = [
            "number": details.summary.number.text, "state": showing.stateBadge(details.summary.state),
            "severity": showing.severityBadge(details.summary.severity), "isMasked": masking != nil,
            "sections": form.sections.filter { !$0.entries.isEmpty }.map(\.data),
            "course": Course(details: details, procedure: procedure, showing: showing).rows,
            "steps": try steps(procedure.course(of: details), MomentWording(details, showing, masking: masking)),
            "hasSteps": !procedure.steps.isEmpty,
            "document": procedure.document?.text(for: context.language.tag) ?? "",
            "json": "/reporting/api/tickets/\(details.summary.number)", "printed": context.time(context.now),
            "clocks": details.summary.clocks.map { clock($0, context) },
            "hasClocks": !details.summary.clocks.isEmpty,
        ]
        return try frame.page("ticket", data, at: .tickets, context)
    }

    /// The steps of the document, those at which nothing happened too: the form shows what is still to come.
    private func steps(_ course: [TakenStep], _ wording: MomentWording) -> [[String: Any]] {
        let showing = wording.showing
        return course.map { taken in
            var data: [String: Any] = [
                "number": taken.step.number, "title": showing.text(taken.step.title),
                "by": taken.step.by.map(showing.text) ?? "",
                "notTaken": taken.applies ? "" : showing.context.text("reporting.notTaken"),
                "moments": taken.moments.map { moment($0, wording, says: taken.step.says) },
            ]
            if let form = taken.step.form { data["form"] = ["name": showing.text(form)] }
            return data
        }
    }

    private func moment(
        _ moment: TakenStep.Moment, _ wording: MomentWording, says: LocalizedText?
    ) -> [String: Any] {
        let words = wording.words(of: moment, says: says)
        return [
            "time": wording.showing.context.time(moment.at), "title": words.title, "by": words.by ?? "",
            "lines": words.lines.map { ["text": $0] },
        ]
    }

    /// What was given back in time was neither kept nor missed (W22): instead of how early it was, that is said.
    private func clock(_ run: ClockRun, _ context: SignedInContext) -> [String: Any] {
        var deadline = context.deadline(dueAt: run.dueAt, startedAt: run.startedAt, endedAt: run.stoppedAt)
        if run.verdict(at: context.now) == .void {
            deadline["state"] = ClockVerdict.void.rawValue
            deadline["distance"] = context.text("reporting.ticket.notCounted")
        }
        return [
            "title": run.title.text(for: context.language.tag), "started": context.time(run.startedAt),
            "deadline": deadline,
        ]
    }
}

/// Every event of a ticket with its time, and how long it took since the one before.
struct Course {
    let details: TicketDetails
    let procedure: DocumentedProcedure
    let showing: Showing

    var rows: [[String: Any]] {
        var before: Date?
        return details.course.map { row in
            let envelope = row.envelope
            let since = before.map { max(0, Int(envelope.time.timeIntervalSince($0))) }
            before = envelope.time
            return [
                "time": showing.context.time(envelope.time), "since": since.map { showing.duration($0) } ?? "",
                "title": showing.event(envelope.type.event), "source": source(envelope.source),
                "steps": TakenStep.Moment(row).map { procedure.numbers(of: $0, details.summary.severity) }?
                    .joined(separator: " ") ?? "",
            ]
        }
    }

    /// `redress/department/logistics` → the department's title.
    private func source(_ source: String) -> String {
        let words = source.split(separator: "/").map(String.init)
        guard words.count >= 2 else { return source }
        if words[1] == "department", words.count > 2 { return showing.department(DepartmentID(words[2])) }
        return showing.context.text("reporting.source.\(words[1])")
    }
}

extension PageContext {
    /// What an event (`noun.verb`) is called.
    func eventTitle(_ event: String) -> String {
        text("reporting.event.\(event.replacing(".", with: "-"))")
    }
}
