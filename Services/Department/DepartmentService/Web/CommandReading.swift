import Contracts
import Foundation
import Web

/// Reads commands from the fields of a request, the same from JSON and from a form.
struct CommandReading {
    /// Characters at most in a long text.
    static let longText = 5000

    let now: Date
    let timeZone: TimeZone

    /// - Throws: `Problem` with 422 that names every wrong field.
    func command(_ action: WorkAction, _ fields: inout Fields) throws(Problem) -> WorkCommand {
        let command = read(action, &fields)
        try fields.check()
        guard let command else { throw .unexpected }
        return command
    }

    /// Nil only when a problem was noted.
    private func read(_ action: WorkAction, _ fields: inout Fields) -> WorkCommand? {
        switch action {
        case .acknowledgement: .acknowledge
        case .giveBack: long("reason", &fields).map { .giveBack(reason: $0) }
        case .investigation: investigation(&fields)
        case .solution: solution(&fields)
        case .approval: approval(&fields)
        case .opinion: long("opinion", &fields).map { .advise(opinion: $0) }
        case .opinionRequest: opinionRequest(&fields)
        case .progress: progress(&fields)
        case .informationRequest: long("question", &fields).map { .ask(question: $0) }
        case .implementation: implementation(&fields)
        }
    }

    private func long(_ name: String, _ fields: inout Fields) -> String? {
        fields.text(name, required: true, most: Self.longText)
    }

    private func investigation(_ fields: inout Fields) -> WorkCommand? {
        let findings = long("findings", &fields)
        let directCause = long("directCause", &fields)
        let rootCause = long("rootCause", &fields)
        let responsibility = fields.text("responsibility", required: true, most: 500)
        guard let findings, let directCause, let rootCause, let responsibility else { return nil }
        return .investigate(
            Investigation.Findings(
                findings: findings, directCause: directCause, rootCause: rootCause, responsibility: responsibility))
    }

    private func solution(_ fields: inout Fields) -> WorkCommand? {
        let measures = long("measures", &fields)
        let compensation = fields.money("compensation")
        let completionDue = future("completionDue", required: true, &fields)
        let grounds = long("grounds", &fields)
        guard let measures, let completionDue, let grounds else { return nil }
        return .draft(
            SolutionDraft(
                measures: measures, compensation: compensation, completionDue: completionDue, grounds: grounds))
    }

    private func approval(_ fields: inout Fields) -> WorkCommand? {
        let decision = fields.choice("decision", of: ["approve", "refuse"])
        let reason = fields.text("reason", required: decision == "refuse", most: Self.longText)
        switch decision {
        case "approve": return .approve
        case "refuse": return reason.map { .refuse(reason: $0) }
        default: return nil
        }
    }

    private func opinionRequest(_ fields: inout Fields) -> WorkCommand? {
        let department = fields.text("department", required: true, most: 40)
        let question = long("question", &fields)
        guard let department, let question else { return nil }
        guard let id = DepartmentID(department) else {
            fields.refuse("department", "department.wrong.department")
            return nil
        }
        return .consult(id, question: question)
    }

    private func progress(_ fields: inout Fields) -> WorkCommand? {
        let note = long("note", &fields)
        let expectedBy = future("expectedBy", required: false, &fields)
        return note.map { .report(note: $0, expectedBy: expectedBy) }
    }

    private func implementation(_ fields: inout Fields) -> WorkCommand? {
        let outcome = long("outcome", &fields)
        let completedAt = fields.time("completedAt", required: true, timeZone: timeZone)
        guard let completedAt else { return nil }
        guard completedAt <= now else {
            fields.refuse("completedAt", "department.wrong.future")
            return nil
        }
        return outcome.map { .implement(outcome: $0, completedAt: completedAt) }
    }

    /// A time that has not come yet: what is promised cannot lie in the past.
    private func future(_ name: String, required: Bool, _ fields: inout Fields) -> Date? {
        guard let date = fields.time(name, required: required, timeZone: timeZone) else { return nil }
        if date > now { return date }
        fields.refuse(name, "department.wrong.past")
        return nil
    }
}

extension Rejection {
    /// 409 with what stands in the way, in the reader's language.
    func problem(_ context: some PageContext) -> Problem {
        var values: [String: String] = [:]
        switch self {
        case .opinionsMissing(let departments):
            values["departments"] = departments.map(\.text).joined(separator: ", ")
        case .notAssisting(let department): values["department"] = department.text
        case .notNow(let state), .ended(let state):
            values["state"] = context.text("department.state.\(state.rawValue)")
        case .notAcknowledged, .notInvestigated, .ownDraft, .nothingToApprove, .notAccepted, .ruled, .returnTooLate,
            .assistingOwesOpinion, .leadOwesSolution:
            break
        }
        return .conflict(Phrase("department.rejection.\(code)", values))
    }
}
