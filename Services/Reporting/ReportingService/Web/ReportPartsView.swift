import Contracts
import Foundation
import Procedure
import Web

/// The parts of a report that the pack lists, as the template `report-parts` needs them.
struct ReportPartsView {
    let parts: ReportParts
    let showing: Showing

    private var context: SignedInContext { showing.context }

    var data: [String: Any] {
        var data: [String: Any] = [:]
        if !parts.to.isEmpty { data["to"] = ["names": parts.to.map(showing.text).joined(separator: " · ")] }
        data["due"] = parts.dueAt.map(context.time)
        data["causes"] = parts.causes.map { causes -> [String: Any] in
            ["rows": causes.map(cause), "isEmpty": causes.isEmpty]
        }
        data["improvements"] = parts.improvements.map(improvements)
        data["trend"] = parts.trend.map(trend)
        data["warnings"] = parts.warnings.map { warnings -> [String: Any] in
            [
                "tiles": [
                    ("received", warnings.received), ("passedOn", warnings.passedOn), ("closed", warnings.closed),
                ].map { ["value": "\($0.1)", "name": context.text("reporting.part.warning.\($0.0)")] }
            ]
        }
        data["cases"] = parts.cases.map { cases -> [String: Any] in
            [
                "rows": cases.map { line -> [String: Any] in
                    [
                        "heading": line.title, "address": "/reporting/cases/\(line.id)", "number": line.ticket.text,
                        "ticket": TicketLink.ticket(line.ticket),
                    ]
                }, "isEmpty": cases.isEmpty,
            ]
        }
        return data
    }

    private func cause(_ cause: ReportParts.Cause) -> [String: Any] {
        [
            "cause": cause.cause, "count": cause.count,
            "departments": cause.departments.map(showing.text).joined(separator: " · "),
        ]
    }

    private func improvements(_ improvements: ReportParts.Improvements) -> [String: Any] {
        var data: [String: Any] = [
            "measures": improvements.measures.map { measure -> [String: Any] in
                [
                    "measure": measure.measure, "address": "/reporting/measures/\(measure.id ?? 0)",
                    "department": showing.department(measure.department), "stage": showing.stage(measure.stage),
                    "deadline": showing.deadline(measure),
                ]
            },
            "isEmpty": improvements.measures.isEmpty,
            "suggestions": improvements.suggestions.map { suggestion -> [String: Any] in
                ["text": suggestion.text, "by": suggestion.by]
            },
            "hasSuggestions": !improvements.suggestions.isEmpty, "link": "/reporting/measures",
        ]
        if improvements.needed > 0 {
            data["needed"] = context.text("reporting.part.needed", ["count": "\(improvements.needed)"])
        }
        return data
    }

    private func trend(_ trend: Trend) -> [String: Any] {
        let widest = trend.months.map(\.received).max() ?? 0
        var data: [String: Any] = [
            "rows": trend.months.map { month -> [String: Any] in
                [
                    "month": month.month, "received": month.received,
                    "width": Charts.width(month.received, of: widest),
                ]
            },
            "note": context.text("reporting.part.method.\(trend.method.rawValue)"),
        ]
        if let forecast = trend.forecast, let deviation = trend.deviation {
            data["forecast"] = context.text(
                "reporting.part.forecast",
                ["month": trend.next, "count": showing.score(forecast), "deviation": showing.score(deviation)])
        }
        return data
    }
}
