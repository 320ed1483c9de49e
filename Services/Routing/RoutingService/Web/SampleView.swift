import Contracts
import Foundation
import Procedure
import Web

/// What the pages of samples show.
struct SampleView {
    let wording: Wording
    let terms: SupervisionTerms
    let web: RoutingWeb

    private var context: SignedInContext { wording.context }
    private var mayInspect: Bool { web.isInspector(context) }

    // MARK: The list

    func list(_ samples: [SampleSummary]) -> [String: Any] {
        let periods = InspectionPeriod.latest(
            6, at: context.now, every: terms.every, in: wording.pack.timeZone)
        return [
            "group": wording.text(terms.group), "mayDraw": mayInspect,
            "rhythm": context.text(
                "routing.inspection.rhythm",
                ["percent": "\(terms.samplePercent)", "every": wording.text(terms.every.title)]),
            "periods": periods.map { period($0, samples) }, "samples": samples.map(row), "isEmpty": samples.isEmpty,
        ]
    }

    private func period(_ period: InspectionPeriod, _ samples: [SampleSummary]) -> [String: Any] {
        let drawn = samples.filter { $0.record.period == period.name }
        return [
            "name": period.name, "drawn": drawn.reduce(0) { $0 + $1.drawn }, "next": drawn.count + 1,
            "runs": period.end > context.now,
            "action": context.text(drawn.isEmpty ? "routing.inspection.draw" : "routing.inspection.drawMore"),
        ]
    }

    private func row(_ sample: SampleSummary) -> [String: Any] {
        [
            "title": title(sample.record), "address": "\(SamplePages.address)/\(sample.record.id)",
            "drawn": sample.drawn, "population": sample.record.population.count, "inspected": sample.inspected,
            "findings": sample.findings, "by": wording.person(sample.record.drawnBy),
            "time": context.time(sample.record.drawnAt), "isDone": sample.inspected == sample.drawn,
        ]
    }

    private func title(_ sample: SampleRecord) -> String {
        context.text("routing.inspection.sampleTitle", ["period": sample.period, "draw": "\(sample.draw)"])
    }

    // MARK: One sample

    func page(_ sample: SampleRecord, _ drawn: [SampledComplaint], refused: RefusedEntry?) -> [String: Any] {
        [
            "title": title(sample), "by": wording.person(sample.drawnBy), "time": context.time(sample.drawnAt),
            "how": context.text(
                "routing.inspection.how",
                [
                    "from": context.timeText(sample.from), "until": context.timeText(sample.until),
                    "population": "\(sample.population.count)", "percent": "\(sample.percent)",
                    "seed": sample.seed,
                ]),
            "command": "printf '%s' \"\(sample.seed):$number\" | sha256sum",
            "program": "/routing/api/supervision/samples/\(sample.id)",
            "rows": drawn.map { row($0, in: sample, refused) },
            "inspected": drawn.filter { $0.result != nil }.count, "drawn": drawn.count,
        ]
    }

    private func row(
        _ sampled: SampledComplaint, in sample: SampleRecord, _ refused: RefusedEntry?
    ) -> [String: Any] {
        let record = sampled.record
        let number = record.number
        var row: [String: Any] = [
            "number": number.text, "state": wording.state(record.state),
            "ticket": "\(context.site.settings.sites.reporting.absoluteString)/reporting/tickets/\(number)",
            "subject": record.complaint.reason ?? String(record.complaint.narrative.prefix(40)),
            "registered": context.time(record.complaint.registeredAt),
            "clocks": context.text(
                "routing.inspection.clocks",
                ["count": "\(sampled.clocks)", "missed": "\(sampled.missed)"]),
            "isLate": sampled.missed > 0,
        ]
        if context.identity.has(any: RoutingWeb.readers) { row["complaint"] = "/routing/complaints/\(number)" }
        row["severity"] = wording.severity(record.severity)
        row["department"] = sampled.department.map(wording.department)
        row["owner"] = record.owner.flatMap { $0.isEmpty ? nil : wording.person($0) }
        if let result = sampled.result {
            row["result"] = context.badge(
                context.text("routing.inspection.result.\(result.verdict.rawValue)"),
                result.verdict == .inOrder ? .good : .warn)
            row["finding"] = result.finding
            if let by = sampled.inspectedBy, let at = sampled.inspectedAt {
                row["inspection"] = ["who": wording.person(by), "time": context.time(at)] as [String: Any]
            }
        }
        if let notice = sampled.rectification { row["notice"] = "\(RectificationPages.address)/\(notice)" }
        guard mayInspect else { return row }
        if sampled.result?.verdict == .finding, sampled.rectification == nil {
            row["order"] = "\(RectificationPages.orderAddress)?number=\(number)&sample=\(sample.id)"
        }
        if sampled.rectification == nil {
            row["inspect"] =
                [
                    "form": form(sampled, refused).data, "number": number.text,
                    "address": "\(SamplePages.address)/\(sample.id)/results",
                    "isOpen": sampled.result == nil || refused?.number == number,
                ] as [String: Any]
        }
        return row
    }

    private func form(_ sampled: SampledComplaint, _ refused: RefusedEntry?) -> FormView {
        let number = sampled.record.number
        var form = FormView(
            context, fields: refused?.number == number ? refused?.fields : nil, idPrefix: "f-\(number)")
        form.add(
            FormField(
                "result", context.text("routing.inspection.resultTitle"),
                .radio(
                    InspectionResult.Verdict.allCases.map {
                        .init($0.rawValue, context.text("routing.inspection.result.\($0.rawValue)"))
                    }), required: true, value: sampled.result?.verdict.rawValue))
        form.add(
            FormField(
                "finding", context.text("routing.inspection.finding"), .area(rows: 2),
                hint: context.text("routing.inspection.findingHint"), value: sampled.result?.finding,
                most: OrderReading.longest))
        return form
    }
}
