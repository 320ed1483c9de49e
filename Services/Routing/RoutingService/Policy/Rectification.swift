import Contracts
import Foundation
import Procedure

/// A rectification notice (整改通知; W20): what an inspection found, what the department did about it, and whether the group is
/// content.
///
/// Its time is not a clock of the complaint's course. The complaint may have ended long ago, and nothing that happens to it
/// stops the notice: only the department's answer does.
struct Rectification: Hashable, Sendable {
    enum Standing: String, Sendable, Hashable, CaseIterable {
        /// 待答复
        case ordered
        /// 待验收
        case answered
        /// 退回重改
        case returned
        /// 已完成
        case closed
    }

    var number: TicketNumber
    /// Counts the complaint's notices from 1.
    var notice: Int
    var department: DepartmentID
    var finding: String
    /// The sample in which it was found, if it was.
    var sample: Int64?
    var orderedAt: Date
    var orderedBy: String
    var standing = Standing.ordered
    /// 1 at first, and one more each time that an answer was sent back.
    var round = 1
    /// Of the present round.
    var deadline: Deadline
    var answer: String?
    var answeredAt: Date?
    var answeredBy: String?
    /// Why the answer was sent back, or what is said of it.
    var comment: String?
    var decidedAt: Date?
    var decidedBy: String?

    /// True while the department owes an answer.
    var isOwed: Bool { standing == .ordered || standing == .returned }

    /// Takes the department's answer.
    /// - Returns: false when it was known.
    mutating func take(_ event: RectificationAnswered, at instant: Date) throws(RectificationRejection) -> Bool {
        guard event.department == department else { throw .anotherDepartment }
        guard event.round <= round else { throw .premature }
        guard event.round == round, isOwed else { return false }
        (standing, answer, answeredAt, answeredBy) = (.answered, event.answer, instant, event.by.name)
        return true
    }

    /// The group is content with what was done (验收).
    mutating func close(_ comment: String?, by name: String, at instant: Date) throws(RectificationRejection) {
        try checkDecision(by: name)
        (standing, self.comment, decidedAt, decidedBy) = (.closed, comment, instant, name)
    }

    /// The group wants more: the department's time begins again.
    mutating func sendBack(
        _ reason: String, until deadline: Deadline, by name: String, at instant: Date
    ) throws(RectificationRejection) {
        try checkDecision(by: name)
        (standing, comment, decidedAt, decidedBy) = (.returned, reason, instant, name)
        self.deadline = deadline
        round += 1
    }

    private func checkDecision(by name: String) throws(RectificationRejection) {
        guard standing != .closed else { throw .closed }
        guard standing == .answered else { throw .notAnswered }
        guard name != answeredBy else { throw .ownAnswer }
    }
}

/// Why a rectification notice cannot be ordered, answered or decided on.
enum RectificationRejection: Error, Hashable, Sendable {
    case unknownComplaint
    case unknownNotice
    /// The sample that is named has no finding about the complaint.
    case noSuchFinding
    /// An answer from a department that the notice is not for.
    case anotherDepartment
    /// An answer to a round that has not been heard of.
    case premature
    /// There is no answer to decide on.
    case notAnswered
    case closed
    /// Who answered does not judge the answer.
    case ownAnswer
    /// A report of misconduct is for this department alone (W21).
    case protectedReport(LocalizedText)
}

/// The time limit of notices by the pack.
struct RectificationTime: Sendable {
    let pack: PolicyPack

    /// - Returns: nil where the pack has no supervision.
    func terms(_ severity: Severity?) -> ClockTerms? {
        pack.rectificationClock.map { ClockTerms($0, severity: severity ?? .general) }
    }

    /// By when an answer is owed that is asked for now.
    func deadline(from instant: Date, severity: Severity?) -> Deadline? {
        pack.rectificationClock.flatMap { pack.deadline(of: $0, from: instant, severity: severity ?? .general) }
    }

    /// Everything that it has to say, in order; last that it has run out.
    func moments(_ deadline: Deadline, _ terms: ClockTerms) -> [ClockMoment] {
        ClockReckoning(calendar: pack.calendar)
            .moments(terms, from: deadline.startedAt, dueAt: deadline.dueAt, pauses: [])
    }
}
