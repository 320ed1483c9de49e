import Contracts
import Foundation
import Web

/// Reads commands from the fields of a request, the same from JSON and from a form.
struct CommandReading {
    /// Characters at most in a long text.
    static let longText = 5000

    /// Nothing is promised for later than this, in seconds: five years. What lies beyond is a mistake in the date.
    static let longestPromise: TimeInterval = 5 * 365.25 * 86_400

    let now: Date
    /// When the complaint was heard: nothing was done about it before.
    let heardAt: Date
    let timeZone: TimeZone
    /// Who sends the command, by sign-in name.
    let by: String
    /// True for who heads the department or stands above its head.
    let isHead: Bool
    /// Whether whoever does it only stands above the head.
    let standsIn: Bool

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
        case .participation: .join
        case .plan: plan(&fields)
        case .evidence: evidence(&fields)
        case .giveBack: long("reason", &fields).map { .giveBack(reason: $0) }
        case .investigation: investigation(&fields)
        case .solution: solution(&fields)
        case .approval: approval(&fields)
        case .opinion: long("opinion", &fields).map { .advise(opinion: $0) }
        case .opinionRequest: opinionRequest(&fields)
        case .progress: progress(&fields)
        case .informationRequest: long("question", &fields).map { .ask(question: $0) }
        case .completion: completedAt(&fields).map { .complete(at: $0) }
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
        let visit = siteVisit(&fields)
        guard let findings, let directCause, let rootCause, let responsibility else { return nil }
        return .investigate(
            Investigation.Findings(
                findings: findings, directCause: directCause, rootCause: rootCause, responsibility: responsibility,
                siteVisit: visit))
    }

    /// Absent when nothing of it was sent; whoever says a part of it says all.
    private func siteVisit(_ fields: inout Fields) -> SiteVisit? {
        let parts = ["place", "at", "people"].map { "siteVisit.\($0)" }
        let isSent = parts.contains { fields.isForm ? fields.typed($0)?.isEmpty == false : fields.has($0) }
        guard isSent else { return nil }
        let place = fields.text("siteVisit.place", required: true, most: 200)
        let at = past("siteVisit.at", &fields)
        if let at, isBeforeComplaint(at) { fields.refuse("siteVisit.at", "department.wrong.beforeHeard") }
        let people = fields.text("siteVisit.people", required: true, most: 500)
        guard let place, let at, let people else { return nil }
        return SiteVisit(place: place, at: at, people: people)
    }

    private func plan(_ fields: inout Fields) -> WorkCommand? {
        let goals = long("goals", &fields)
        let information = long("information", &fields)
        let steps = long("steps", &fields)
        guard let goals, let information, let steps else { return nil }
        return .plan(InvestigationPlan(goals: goals, information: information, steps: steps))
    }

    private func evidence(_ fields: inout Fields) -> WorkCommand? {
        let kind = fields.choice("kind", of: EvidenceKind.self)
        let title = fields.text("title", required: true, most: 500)
        let shows = fields.text("shows", most: Self.longText)
        let collectedAt = past("collectedAt", &fields)
        guard let kind, let title, let collectedAt else { return nil }
        return .collect(CollectedEvidence(kind: kind, title: title, shows: shows, collectedAt: collectedAt, by: by))
    }

    private func solution(_ fields: inout Fields) -> WorkCommand? {
        let measures = long("measures", &fields)
        let compensation = fields.money("compensation")
        let completionDue = future("completionDue", required: true, &fields)
        let grounds = long("grounds", &fields)
        let remedies = remedies(&fields)
        guard let measures, let completionDue, let grounds else { return nil }
        return .draft(
            SolutionDraft(
                measures: measures, compensation: compensation, completionDue: completionDue, grounds: grounds,
                remedies: remedies.isEmpty ? nil : remedies))
    }

    /// In the order in which remedies are listed everywhere, each once.
    private func remedies(_ fields: inout Fields) -> [Remedy] {
        let words = fields.texts("remedies", most: Remedy.allCases.count)
        for (index, word) in words.enumerated() where Remedy(rawValue: word) == nil {
            let choices = Remedy.allCases.map(\.rawValue).joined(separator: ", ")
            fields.refuse("remedies.\(index)", Phrase("validation.notOneOf", ["choices": choices]))
        }
        return Remedy.allCases.filter { words.contains($0.rawValue) }
    }

    private func approval(_ fields: inout Fields) -> WorkCommand? {
        let decision = fields.choice("decision", of: ["approve", "refuse"])
        let reason = fields.text("reason", required: decision == "refuse", most: Self.longText)
        let vote = ApprovalVote(
            version: fields.integer("version", in: 1...1_000_000), level: fields.text("level", most: 60),
            signature: fields.personName("signature"), isHead: isHead, standsIn: standsIn)
        switch decision {
        case "approve": return .approve(vote)
        case "refuse": return reason.map { .refuse(reason: $0, vote) }
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
        let needs = fields.text("needs", most: Self.longText)
        return note.map { .report(note: $0, expectedBy: expectedBy, needs: needs) }
    }

    private func implementation(_ fields: inout Fields) -> WorkCommand? {
        let outcome = long("outcome", &fields)
        guard let completedAt = completedAt(&fields), let outcome else { return nil }
        return .implement(outcome: outcome, completedAt: completedAt)
    }

    /// When the work was done: not before anybody had complained.
    private func completedAt(_ fields: inout Fields) -> Date? {
        guard let date = past("completedAt", &fields) else { return nil }
        if !isBeforeComplaint(date) { return date }
        fields.refuse("completedAt", "department.wrong.beforeHeard")
        return nil
    }

    /// Forms tell times by the minute: what was done in the minute in which the complaint was heard was done after it.
    private func isBeforeComplaint(_ date: Date) -> Bool {
        let minute = (heardAt.timeIntervalSince1970 / 60).rounded(.down) * 60
        return date.timeIntervalSince1970 < minute
    }

    /// A time that has come: nobody reports what has not happened yet.
    private func past(_ name: String, _ fields: inout Fields) -> Date? {
        guard let date = fields.time(name, required: true, timeZone: timeZone) else { return nil }
        if date <= now { return date }
        fields.refuse(name, "department.wrong.future")
        return nil
    }

    /// A time that has not come yet: what is promised cannot lie in the past.
    private func future(_ name: String, required: Bool, _ fields: inout Fields) -> Date? {
        guard let date = fields.time(name, required: required, timeZone: timeZone) else { return nil }
        if date <= now {
            fields.refuse(name, "department.wrong.past")
        } else if date > now.addingTimeInterval(Self.longestPromise) {
            fields.refuse(name, "department.wrong.tooFar")
        } else {
            return date
        }
        return nil
    }
}
