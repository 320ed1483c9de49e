import Contracts
import Foundation
import Procedure
import Web

/// A complaint in the API's lists. Personal data are masked (M18): whoever decides here need not call the customer.
struct ComplaintAnswer: Encodable {
    var number: TicketNumber
    var state: StateName
    var kind: ComplaintKind
    var channel: String
    var heardAt: Date
    var registeredAt: Date
    var product: String?
    var reason: String?
    var amount: Money?
    var severity: Severity?
    var urgency: Urgency?
    var importance: Importance?
    /// The number of the work order from above (V01).
    var upstreamNumber: String?
    /// The complaint under which it is handled together with others (S16).
    var groupLead: TicketNumber?
    var category: String?
    var department: DepartmentID?
    var assisting: [DepartmentID]
    var owner: String?
    /// Who has it in hand: `desk`, `callback`, `nobody`, or a department's id.
    var holder: String
    var holderSince: Date
    var assignment: Int
    var isRuling: Bool
    var returns: Int
    var round: Int
    var judgementRound: Int
    /// What people call the latest solution that was heard of; 0 before the first.
    var solutionVersion: Int
    var outcome: ClosingOutcome?
    var mergedInto: TicketNumber?
    /// When the running clock that is due first is due; absent when none runs.
    var nextDueAt: Date?
    /// The policy pack that it is decided under.
    var policy: PolicyStamp?

    init(_ record: ComplaintRecord) {
        let (complaint, handling) = (record.complaint, record.handling)
        (number, state, kind, channel) = (record.number, record.state, complaint.kind, complaint.channel)
        (heardAt, registeredAt) = (complaint.heardAt, complaint.registeredAt)
        (product, reason, amount) = (complaint.about.product, complaint.reason, complaint.amount)
        (severity, urgency, category) = (record.severity, record.urgency, record.category)
        (department, assisting, owner) = (handling?.lead, handling?.assisting ?? [], record.owner)
        (importance, upstreamNumber, groupLead) = (record.importance, complaint.upstreamNumber, record.groupLead)
        (holder, holderSince) = (record.holder, record.holderSince)
        (assignment, isRuling, returns) = (record.file.assignments, handling?.isRuling ?? false, record.file.returns)
        (round, judgementRound) = (record.file.round, record.judgementRound)
        solutionVersion = record.file.highestNumber
        if case .closed(let how) = record.file.state { outcome = how }
        if case .merged(let survivor) = record.file.state { mergedInto = survivor }
        nextDueAt = record.nextDueAt == .distantDue ? nil : record.nextDueAt
        policy = record.policy
    }
}

/// A page of the list.
struct ComplaintListAnswer: Encodable {
    var complaints: [ComplaintAnswer]
    /// For `?cursor=`; absent on the last page.
    var next: String?
}

/// Everything about one complaint.
struct DossierAnswer: Encodable {
    struct Clock: Encodable {
        var clock: String
        var title: LocalizedText
        var startedAt: Date
        var dueAt: Date
        var stoppedAt: Date?
        var stoppedBy: String?
        var isMissed: Bool
        /// Since when it stands still, waiting for the customer.
        var pausedAt: Date?
        /// To whom the complaint was raised when it ran out.
        var escalatedTo: String?
        var explanation: LocalizedText
    }

    struct Custody: Encodable {
        var holder: String
        var from: Date
        var until: Date?
    }

    /// What one holder is charged with in all.
    struct Charged: Encodable {
        var holder: String
        var elapsedSeconds: Int
        var workingSeconds: Int
    }

    struct Entry: Encodable {
        var at: Date
        var event: String
        var standing: String
        var by: Actor
        var department: DepartmentID?
        var detail: String?
        /// The same in both languages, where a service wrote it.
        var words: LocalizedText?
    }

    /// What the pack's conditions know of the course, besides the record.
    struct Course: Encodable {
        var groupSize: Int?
        var earlier: Int?
        var returns: Int?
        var declines: Int?
        var reworks: Int?
        var missed: Int?
    }

    var complaint: ComplaintAnswer
    var record: Complaint
    var course: Course
    var settledOutcome: String?
    var explanations: [Explanation]
    var deadlines: [Clock]
    /// Since when it waits for the customer, whose time is not counted.
    var waitingSince: Date?
    var custody: [Custody]
    var charges: [Charged]
    var history: [Entry]
    /// What is or was owed to others because of it.
    var duties: [DutyAnswer]
    var parts: [PartAnswer]
    /// The complaints that are handled together with it, itself included.
    var group: [TicketNumber]

    init(_ dossier: ComplaintDossier, _ sight: RoutingSight, now: Date, calendar: WorkingCalendar) {
        complaint = ComplaintAnswer(dossier.record)
        record = dossier.record.complaint.masked(sight.masks)
        let known = dossier.course
        course = Course(
            groupSize: known.groupSize, earlier: known.earlier, returns: known.returns, declines: known.declines,
            reworks: known.reworks, missed: known.missed)
        duties = dossier.duties.map(DutyAnswer.init)
        parts = dossier.parts.map(PartAnswer.init)
        group = dossier.group.map(\.number)
        settledOutcome = dossier.record.settledOutcome
        explanations = dossier.record.explanations
        deadlines = dossier.clocks.map { clock in
            Clock(
                clock: clock.deadline.clock, title: clock.deadline.title, startedAt: clock.deadline.startedAt,
                dueAt: clock.deadline.dueAt, stoppedAt: clock.stoppedAt, stoppedBy: clock.stoppedBy,
                isMissed: clock.isMissed(at: now), pausedAt: clock.pausedAt, escalatedTo: clock.escalatedTo,
                explanation: clock.deadline.explanation)
        }
        waitingSince = dossier.waitingSince
        let spans = dossier.custody
        custody = spans.map { Custody(holder: $0.holder, from: $0.from, until: $0.until) }
        charges = Charge.of(spans, until: now, calendar: calendar).map {
            Charged(
                holder: $0.holder, elapsedSeconds: Int($0.elapsed.rounded()), workingSeconds: Int($0.working.rounded()))
        }
        history = dossier.history.map {
            Entry(
                at: $0.at, event: $0.event, standing: $0.standing.rawValue, by: $0.by, department: $0.department,
                detail: $0.detail, words: $0.words)
        }
    }
}
