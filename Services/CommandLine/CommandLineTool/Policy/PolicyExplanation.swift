import Contracts
import Foundation
import Procedure

/// What a pack decides about one complaint, with its reasons.
struct PolicyExplanation: Codable, Hashable, Sendable {
    struct Assignment: Codable, Hashable, Sendable {
        var department: DepartmentID
        var assisting: [DepartmentID]
        var owner: String
        /// False when a coordinator has to assign.
        var isAutomatic: Bool
        var deadlines: [Deadline]
        var because: [Explanation]
    }

    var policy: PolicyStamp
    /// False when a person has to judge it at the triage desk.
    var isJudgedValid: Bool
    var judgedBecause: [Explanation]
    /// Absent when no keyword names one.
    var category: String?
    var severity: Severity
    var urgency: Urgency
    var gradedBecause: Explanation
    var assignment: Assignment?

    init(_ complaint: Complaint, under pack: PolicyPack, number: TicketNumber, at now: Date) {
        policy = pack.stamp
        switch pack.judge(complaint) {
        case .valid(let because): (isJudgedValid, judgedBecause) = (true, because)
        case .undecided(let because): (isJudgedValid, judgedBecause) = (false, because)
        }
        category = pack.categorise(complaint)?.category.id
        let grading = pack.grade(complaint, category: category)
        (severity, urgency, gradedBecause) = (grading.severity, grading.urgency, grading.explanation)
        let assigned = category.flatMap {
            pack.assign(complaint, number: number, category: $0, severity: grading.severity, at: now)
        }
        assignment = assigned.map {
            Assignment(
                department: $0.department, assisting: $0.assisting, owner: $0.owner, isAutomatic: $0.isAutomatic,
                deadlines: $0.deadlines, because: $0.explanations)
        }
    }

    var text: String {
        var lines = ["under \(policy)"]
        lines.append(isJudgedValid ? "judged valid" : "waits at the triage desk to be judged")
        lines += judgedBecause.map { "    \($0.rule): \($0.text.zhHans)" }
        lines.append("severity \(severity.rawValue), urgency \(urgency.rawValue)")
        lines.append("    \(gradedBecause.rule): \(gradedBecause.text.zhHans)")
        guard let assignment else {
            return (lines + ["no category is recognised: a coordinator assigns it"]).joined(separator: "\n")
        }
        let assisting = assignment.assisting.map(\.text).joined(separator: ", ")
        lines.append(
            "category \(category ?? "-"), department \(assignment.department), first responsible \(assignment.owner)"
                + (assisting.isEmpty ? "" : ", assisting \(assisting)")
                + (assignment.isAutomatic ? "" : "; a coordinator confirms"))
        lines += assignment.because.map { "    \($0.rule): \($0.text.zhHans)" }
        lines += assignment.deadlines.map {
            "    \($0.clock) by \(RFC3339.text($0.dueAt)): \($0.explanation.zhHans)"
        }
        return lines.joined(separator: "\n")
    }
}

/// A complaint as it is submitted, with what Intake would fill in.
struct SubmittedComplaint: Decodable, Sendable {
    var channel: String?
    var kind: ComplaintKind?
    var heardAt: Date?
    var complainant: Complainant?
    var about: ComplaintSubject?
    var reason: String?
    var narrative: String
    var request: String?
    var amount: Money?
    var affected: Int?
    var flags: [String]?

    func complaint(at now: Date) -> Complaint {
        Complaint(
            channel: channel ?? "web", kind: kind ?? .complaint, heardAt: heardAt ?? now, registeredAt: now,
            complainant: complainant ?? Complainant(), about: about ?? ComplaintSubject(), reason: reason,
            narrative: narrative, request: request, amount: amount, affected: affected, flags: flags ?? [])
    }
}
