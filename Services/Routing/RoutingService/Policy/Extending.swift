import Contracts
import Foundation
import Procedure

/// A request for more time for a clock (延期).
struct ExtensionRecord: Hashable, Sendable {
    var id: Int64
    var number: TicketNumber
    var clockID: Int64
    var allowance: Allowance
    var reason: String
    /// Sign-in names.
    var askedBy: String
    var askedAt: Date
    var standing: Standing
    var decidedBy: String?
    var decidedAt: Date?
    var comment: String?

    enum Standing: String, Sendable, Hashable, CaseIterable {
        case asked, granted, refused
    }
}

/// Who asks or decides.
struct ExtensionActor: Hashable, Sendable {
    var name: String
    /// The department they work in; nil for staff bound to none.
    var department: DepartmentID?
    var isHead: Bool
    var isSupervisor: Bool
}

/// Why an extension is not possible.
enum ExtensionRejection: Error, Hashable, Sendable {
    /// No such clock runs, or it has stopped since.
    case clockStopped
    /// The procedure gives this clock no more time.
    case notExtensible
    /// It ran out before anybody asked: what is missed stays missed.
    case alreadyDue
    /// All extensions together may not go beyond this instant.
    case tooLong(latest: Date)
    /// "The same day" is no length of time.
    case noLength
    /// A request for this clock waits already.
    case alreadyAsked
    /// It was granted or refused already, otherwise than asked now.
    case alreadyDecided
    /// Only the department that holds the complaint asks, and only a supervisor in its stead.
    case notYours
    /// Only its head or a supervisor may decide, as the procedure says.
    case notEntitled
    /// Who asks does not decide.
    case ownRequest
    case unknownRequest
}

/// Whether a clock may be given more time: one asks, another who may grants, and the procedure says how much (W10).
struct Extending: Sendable {
    let calendar: WorkingCalendar

    /// Checks a request, without granting it.
    /// - Parameter lead: the department that holds the complaint.
    func ask(
        _ clock: ClockRecord, for allowance: Allowance, lead: DepartmentID?, by actor: ExtensionActor,
        pauses: [DateInterval], at now: Date
    ) throws(ExtensionRejection) {
        guard clock.stoppedAt == nil else { throw .clockStopped }
        guard actor.isSupervisor || actor.department != nil && actor.department == lead else { throw .notYours }
        guard clock.terms.mostExtension != nil else { throw .notExtensible }
        guard !clock.isMissed(at: now) else { throw .alreadyDue }
        _ = try due(clock, with: allowance, pauses: pauses)
    }

    /// Checks that somebody may decide on a request, and that it can still be granted.
    func decide(
        _ request: ExtensionRecord, _ clock: ClockRecord, lead: DepartmentID?, by actor: ExtensionActor
    ) throws(ExtensionRejection) {
        guard request.standing == .asked else { throw .alreadyDecided }
        guard request.askedBy != actor.name else { throw .ownRequest }
        guard clock.stoppedAt == nil else { throw .clockStopped }
        let isItsHead = actor.isHead && actor.department != nil && actor.department == lead
        guard actor.isSupervisor || isItsHead && clock.terms.approver == .head else { throw .notEntitled }
    }

    /// When a clock would be due with another extension.
    func due(
        _ clock: ClockRecord, with allowance: Allowance, pauses: [DateInterval]
    ) throws(ExtensionRejection) -> DueTime {
        guard let within = clock.terms.allowance, let most = clock.terms.mostExtension else { throw .notExtensible }
        do throws(ExtensionRefusal) {
            return try calendar.due(
                from: clock.deadline.startedAt, within: within,
                pauses: clock.terms.waitsForCustomer ? pauses : [], extendedBy: clock.terms.granted, and: allowance,
                atMost: most)
        } catch {
            switch error {
            case .tooLong(let latest): throw .tooLong(latest: latest)
            case .noLength: throw .noLength
            }
        }
    }
}
