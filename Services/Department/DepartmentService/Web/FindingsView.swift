import Contracts
import Foundation
import Web

/// What an investigation set out to find, collected and found, and what came of it all. Rules M11–M13, K09, W09.
struct FindingsView {
    let context: SignedInContext
    let file: CaseFile

    private var order: WorkOrder { file.order }
    private var wording: CaseWording { CaseWording(context, order.assignment.words) }

    var plan: [String: Any]? {
        order.plan.map { ["goals": $0.goals, "information": $0.information, "steps": $0.steps] }
    }

    var evidence: [[String: Any]] {
        order.evidence.map { piece in
            var data: [String: Any] = [
                "kind": context.badge(context.text("department.evidence.\(piece.kind.rawValue)")),
                "title": piece.title, "by": wording.person(piece.by), "collectedAt": context.time(piece.collectedAt),
            ]
            data["shows"] = piece.shows
            return data
        }
    }

    var investigation: [String: Any]? {
        guard let investigation = order.investigation else { return nil }
        let found = investigation.found
        var data: [String: Any] = [
            "findings": found.findings, "directCause": found.directCause, "rootCause": found.rootCause,
            "responsibility": found.responsibility, "by": wording.name(of: investigation.by),
            "at": context.time(investigation.at),
        ]
        data["siteVisit"] = found.siteVisit.map { visit -> [String: Any] in
            ["place": visit.place, "people": visit.people, "visitedAt": context.time(visit.at)]
        }
        return data
    }

    /// Problem analysis, measures, outcome and satisfaction in one place, once it is carried out (W09).
    var result: [String: Any]? {
        guard let version = file.solutions.first(where: { $0.completedAt != nil }) else { return nil }
        var data: [String: Any] = ["measures": version.solution.measures]
        data["outcome"] = outcome(version)
        data["analysis"] = order.investigation?.found.rootCause
        data["satisfaction"] = order.satisfaction.map {
            context.text("department.result.satisfaction", ["value": "\($0)"])
        }
        return data
    }

    private func outcome(_ version: SolutionVersion) -> String? {
        file.history.first { $0.kind == .implemented && $0.facts["version"] == "\(version.solution.version)" }?.text
    }
}
