import Contracts
import Foundation

/// Solutions with their consent, callbacks with the closing, and what else happened.
extension TicketRecord {
    /// What people call each version of the solution.
    var numbers: [Int: Int] {
        Dictionary(solutions.map { ($0.solution.version, $0.solution.shownNumber) }) { first, _ in first }
    }

    mutating func applySolution(_ event: TicketEvent, at time: Date) {
        switch event {
        case .solutionDrafted(let event):
            change(event.solution.version, of: event.department, event.solution) { $0.needs = event.needs }
        case .solutionProposed(let event):
            change(event.solution.version, of: event.department, event.solution) {
                $0.solution = event.solution
                $0.proposedAt = time
            }
        case .solutionEndorsed(let event):
            change(event.version, of: event.department) { version in
                version.approvals.removeAll { $0.level == event.approval.level }
                version.approvals.append(event.approval)
            }
        case .solutionApproved(let event):
            change(event.version, of: event.department) {
                if let approvals = event.approvals { $0.approvals = approvals }
                $0.approvedBy = event.by
                $0.approvedAt = time
            }
        case .solutionRefused(let event):
            change(event.version, of: event.department) {
                $0.refusal = event.reason
                $0.refusedBy = event.by
                $0.refusedAt = time
            }
        case .solutionAccepted(let event):
            answer(
                event.version, of: event.department, true, event.comment, event.evidence, by: event.by, at: time)
        case .solutionDeclined(let event):
            answer(
                event.version, of: event.department, false, event.words, event.evidence, by: event.by, at: time)
        case .solutionDisputed(let event):
            answer(
                event.version, of: event.department, false, event.words, event.evidence, by: event.by, at: time)
            tell(.disputed, event.version, event.because.text.zhHans, by: event.by, at: time)
        case .solutionPresented(let event):
            let words = [event.with, event.note].compactMap { $0 }.joined(separator: " · ")
            tell(.presented, event.version, words, way: event.way, by: event.by, at: event.at)
        case .solutionExpired(let event):
            tell(.expired, event.version, event.because.text.zhHans, by: event.by, at: event.at)
        case .solutionRuled(let event):
            tell(.ruled, event.version, event.reason, way: event.verdict.rawValue, by: event.by, at: time)
        default: break
        }
    }

    /// Notes what was said between the house and the customer about a version.
    private mutating func tell(
        _ kind: SolutionStep.Kind, _ version: Int, _ words: String, way: String? = nil, by actor: Actor, at time: Date
    ) {
        guard let index = solutions.lastIndex(where: { $0.solution.version == version }) else { return }
        solutions[index].steps.append(SolutionStep(kind: kind, word: way, text: words, by: actor, at: time))
    }

    private mutating func answer(
        _ version: Int, of department: DepartmentID, _ isAccepted: Bool, _ words: String?,
        _ evidence: AnswerEvidence?, by actor: Actor, at time: Date
    ) {
        change(version, of: department) {
            $0.isAccepted = isAccepted
            $0.answer = words
            $0.evidence = evidence
            $0.answeredBy = actor
            $0.answeredAt = time
        }
    }

    /// Changes a version of the solution; it is added when it is new and its content is known.
    private mutating func change(
        _ version: Int, of department: DepartmentID, _ content: Solution? = nil,
        _ change: (inout SolutionVersion) -> Void
    ) {
        if let content, !solutions.contains(where: { $0.solution.version == version }) {
            solutions.append(SolutionVersion(department: department, solution: content))
        }
        let index = solutions.lastIndex { $0.solution.version == version }
        if let index { change(&solutions[index]) }
    }

    mutating func applyCallback(_ event: TicketEvent, at time: Date) {
        switch event {
        case .customerUnreachable(let event):
            callbacks.append(
                Callback(
                    comment: event.comment, unreachableAttempt: event.attempt,
                    isLastAttempt: event.isLast, by: event.by, at: time))
        case .callbackCompleted(let event):
            callbacks.append(
                Callback(
                    round: event.round, solved: event.solved, satisfaction: event.satisfaction, comment: event.comment,
                    way: event.way, answers: event.answers ?? [], by: event.by, at: time))
        case .customerSoothed(let event):
            remark(.soothed, event.note, person: event.person, by: event.by, at: time)
        case .reworkOrdered(let event):
            reworks.append(
                Rework(
                    department: event.department, round: event.round, reason: event.reason,
                    isRaised: event.isRaised ?? false, by: event.by, at: time))
        case .complaintClosed(let event):
            // Said once; a second word by a replay would not change how it ended.
            guard closing == nil else { return }
            closing = Closing(
                outcome: event.outcome, satisfaction: event.satisfaction, rounds: event.rounds, by: event.by, at: time)
        default: break
        }
    }

    mutating func applyRemark(_ event: TicketEvent, at time: Date) {
        switch event {
        case .caseJoined(let event): remark(.joined, nil, department: event.department, by: event.by, at: time)
        case .solutionCompleted(let event):
            remark(.completed, nil, department: event.department, by: event.by, at: min(event.completedAt, time))
        case .customerInformed(let event):
            remark(event.kind == .status ? .informed : .reminded, in: event.text, by: event.by, at: time)
        case .caseUrged(let event):
            let words = event.text ?? LocalizedText(zhHans: event.comment, en: event.comment)
            remark(.urged, in: words, department: event.department, by: event.by, at: time)
        case .caseEscalated(let event):
            remark(.escalated, in: event.words, department: event.department, by: event.by, at: time)
        case .emergencyCalled(let event):
            remark(.emergency, in: event.measures, department: event.department, by: event.by, at: time)
        case .emergencyAttended(let event):
            remark(.attended, event.report, department: event.department, by: event.by, at: time)
        case .caseNominated(let event): remark(.nominated, event.reason, by: event.by, at: time)
        case .casePublished(let event): remark(.published, event.title, by: event.by, at: time)
        case .caseDistributed(let event):
            remark(.distributed, event.title, department: event.department, by: event.by, at: time)
        case .caseRead(let event): remark(.read, nil, department: event.department, by: event.by, at: time)
        case .measureAssigned(let event):
            remark(.measure, event.measure, department: event.department, by: event.by, at: time)
        case .rectificationOrdered(let event):
            remark(.rectification, event.finding, department: event.department, by: event.by, at: time)
        case .rectificationAnswered(let event):
            remark(.rectified, event.answer, department: event.department, by: event.by, at: time)
        case .rectificationReturned(let event):
            remark(.rectification, event.reason, department: event.department, by: event.by, at: time)
        case .rectificationClosed(let event):
            remark(.settled, event.comment, department: event.department, by: event.by, at: time)
        case .dutyFulfilled(let event):
            remark(.reported, in: event.words, by: event.by, at: time)
        case .partOrdered(let event):
            let words = [event.part, event.way, event.reference].compactMap(\.self).joined(separator: " · ")
            remark(.part, words, department: event.department, by: event.by, at: time)
        case .partArrived(let event): remark(.arrived, event.part, department: event.department, by: event.by, at: time)
        case .deadlineApproaching(let event):
            let (title, percent) = (event.deadline.title, event.percent)
            let words = LocalizedText(zhHans: "\(title.zhHans) \(percent)%", en: "\(title.en) \(percent)%")
            remark(.warned, in: words, department: event.department, by: nil, at: time)
        case .deadlineMissed(let event):
            remark(.missed, in: event.deadline.title, department: event.department, by: nil, at: time)
        case .deadlineMoved(let event):
            guard event.tellsOfAnotherTime else { break }
            let words = event.deadline.title.labelling(event.deadline.explanation)
            remark(.moved, in: words, department: event.department, by: nil, at: time)
        default: break
        }
    }
}

extension TicketRecord.Assignment {
    init(_ event: CaseAssigned, at time: Date) {
        self.init(
            assignment: event.assignment, role: event.role, department: event.department,
            departmentTitle: event.departmentTitle, owner: event.owner, reason: event.reason,
            explanations: event.explanations, policy: event.policy, deadlines: event.deadlines, round: event.round,
            isRuling: event.isRuling, by: event.by, at: time)
    }
}

extension TicketRecord.Investigation {
    init(_ event: CaseInvestigated, at time: Date) {
        self.init(
            department: event.department, round: event.round, findings: event.findings, directCause: event.directCause,
            rootCause: event.rootCause, responsibility: event.responsibility, plan: event.plan,
            evidence: event.evidence ?? [], siteVisit: event.siteVisit, by: event.by, at: time)
    }
}

extension TicketRecord.Implementation {
    init(_ event: SolutionImplemented, at time: Date) {
        self.init(
            department: event.department, version: event.version, round: event.round, outcome: event.outcome,
            completedAt: event.completedAt, by: event.by, at: time)
    }
}

extension SolutionDeclined {
    /// The objection, and what the customer asks for instead.
    fileprivate var words: String { [objection, request].compactMap { $0 }.joined(separator: "\n") }
}

extension SolutionDisputed {
    fileprivate var words: String { [objection, request].compactMap { $0 }.joined(separator: "\n") }
}

extension CaseEscalated {
    /// To whom, and why.
    fileprivate var words: LocalizedText {
        let level = levelTitle ?? LocalizedText(zhHans: self.level, en: self.level)
        return level.labelling(text ?? LocalizedText(zhHans: reason, en: reason))
    }
}

extension DutyFulfilled {
    /// Who learned of it, what of, and how.
    fileprivate var words: LocalizedText {
        func joined(_ recipient: String, _ title: String) -> String {
            [recipient, subject ?? title, way, note].compactMap(\.self).joined(separator: " · ")
        }
        return LocalizedText(
            zhHans: joined(recipientTitle.zhHans, title.zhHans), en: joined(recipientTitle.en, title.en))
    }
}

extension LocalizedText {
    /// `标签：内容`, `Label: content`.
    fileprivate func labelling(_ content: LocalizedText) -> LocalizedText {
        LocalizedText(zhHans: "\(zhHans)：\(content.zhHans)", en: "\(en): \(content.en)")
    }
}
