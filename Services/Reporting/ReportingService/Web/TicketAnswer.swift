import Contracts
import Foundation
import Web

/// A ticket in a list, as JSON.
struct TicketLine: Codable, Sendable {
    var number: TicketNumber
    var state: TicketState
    var kind: ComplaintKind
    var channel: String
    var heading: String
    var complainant: String?
    var category: String?
    var severity: Severity?
    var department: DepartmentID?
    var owner: String?
    var heardAt: Date
    var registeredAt: Date
    var closedAt: Date?
    var endedAt: Date?
    var outcome: ClosingOutcome?
    var satisfaction: Int?
    var handlingSeconds: Int?
    var rounds: Int
    var returns: Int
    var reworks: Int
    var declines: Int
    var disputes: Int
    var chases: Int
    var urgings: Int
    var escalations: Int
    var isWaitingForCustomer: Bool
    /// Judged unreasonable: in no department's assessment.
    var isExcluded: Bool
    var mergedInto: TicketNumber?

    init(_ summary: TicketSummary) {
        (number, state, kind, channel) = (summary.number, summary.state, summary.kind, summary.channel)
        (heading, complainant) = (summary.heading, summary.complainantName)
        (category, severity, department) = (summary.category, summary.severity, summary.department)
        (owner, heardAt, registeredAt) = (summary.owner, summary.heardAt, summary.registeredAt)
        (closedAt, endedAt, outcome) = (summary.closedAt, summary.endedAt, summary.outcome)
        (satisfaction, handlingSeconds) = (summary.satisfaction, summary.handlingSeconds)
        (rounds, returns, reworks, declines) = (summary.rounds, summary.returns, summary.reworks, summary.declines)
        (disputes, chases, urgings) = (summary.disputes, summary.chases, summary.urgings)
        (escalations, isWaitingForCustomer) = (summary.escalations, summary.isWaitingForCustomer)
        (isExcluded, mergedInto) = (summary.isExcluded, summary.mergedInto)
    }
}

/// A page of a list, as JSON.
struct TicketListAnswer: Codable, Sendable {
    var tickets: [TicketLine]
    /// The value of `after` for the next page; absent on the last.
    var next: TicketNumber?
}

/// Everything known of one complaint, as JSON: the fields of its line in lists, and besides them the clocks, the record by
/// its sections, and the whole course.
struct TicketAnswer: Encodable, Sendable {
    struct Clock: Encodable, Sendable {
        var clock: String
        var title: LocalizedText
        var department: DepartmentID?
        var startedAt: Date
        var dueAt: Date
        var stoppedAt: Date?
        var verdict: ClockVerdict
    }

    struct CourseEvent: Encodable, Sendable {
        var id: UUID
        var type: MessageType
        var source: String
        /// When it happened, by the clock of its source.
        var time: Date
        /// When Reporting had it on disk.
        var recordedAt: Date
        /// Counts from 1 for this complaint and source.
        var sequence: Int
        var correlationID: String
        var causationID: String
        var payload: JSONTree
    }

    /// A step of the document that the pack carries out, and what happened at it.
    struct Step: Encodable, Sendable {
        struct Moment: Encodable, Sendable {
            /// `noun.verb`
            var event: String
            /// In words, in the language that was asked for.
            var title: String
            var at: Date
            /// The event of the course that tells it.
            var id: UUID?
            /// Who did it, as the pack calls them; absent for what happened by itself.
            var by: String?
            /// What it says, line by line, in words.
            var lines: [String]
        }

        /// The document's own number.
        var step: String
        var title: LocalizedText
        var by: LocalizedText?
        /// The form (单据) on which the document has it kept.
        var form: LocalizedText?
        /// False for a step that a complaint of this severity does not take.
        var applies: Bool
        var happened: [Moment]
    }

    var summary: TicketLine
    /// What the pack calls the severity and the outcome.
    var severityTitle: LocalizedText?
    var outcomeTitle: LocalizedText?
    var channelTitle: LocalizedText
    /// The document, as it calls itself, and its form for a complaint.
    var document: LocalizedText?
    var form: LocalizedText?
    var timeZone: String
    var steps: [Step]
    /// What the document has no step for.
    var besides: [Step.Moment]
    /// When each kind of event (`noun.verb`) happened last.
    var moments: [String: Date]
    var clocks: [Clock]
    var record: TicketRecord
    var events: [CourseEvent]
    /// True when personal data are hidden from whoever asks (M18).
    var isMasked: Bool

    /// - Parameter masking: what hides personal data; absent for those who may see them.
    init(
        _ details: TicketDetails, _ procedure: DocumentedProcedure, _ showing: Showing, masking: RecordMasking?
    ) throws {
        var summary = details.summary
        if let masking {
            summary.heading = masking.text(summary.heading)
            summary.complainantName = masking.shown(name: summary.complainantName)
        }
        self.summary = TicketLine(summary)
        severityTitle = summary.severity.map(showing.titles.severity)
        channelTitle = showing.titles.channel(summary.channel)
        outcomeTitle = summary.outcome.map(Titles.outcome)
        (document, form) = (procedure.document, procedure.ticket)
        timeZone = procedure.timeZone.identifier
        let wording = try MomentWording(details, showing, masking: masking)
        steps = procedure.course(of: details).map { Step($0, wording) }
        besides = procedure.besides(of: details).map { Step.Moment($0, wording) }
        moments = summary.moments
        clocks = summary.clocks.map { run in
            Clock(
                clock: run.clock, title: run.title, department: run.department, startedAt: run.startedAt,
                dueAt: run.dueAt, stoppedAt: run.stoppedAt, verdict: run.verdict(at: showing.context.now))
        }
        record = try masking?.masked(details.record) ?? details.record
        events = try details.course.map { try CourseEvent($0, masking) }
        isMasked = masking != nil
    }
}

extension TicketAnswer {
    private enum CodingKeys: String, CodingKey {
        case severityTitle, outcomeTitle, channelTitle, document, form, timeZone, steps, besides, moments, clocks,
            record, events, isMasked
    }

    func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(severityTitle, forKey: .severityTitle)
        try container.encodeIfPresent(outcomeTitle, forKey: .outcomeTitle)
        try container.encode(channelTitle, forKey: .channelTitle)
        try container.encodeIfPresent(document, forKey: .document)
        try container.encodeIfPresent(form, forKey: .form)
        try container.encode(timeZone, forKey: .timeZone)
        try container.encode(steps, forKey: .steps)
        try container.encode(besides, forKey: .besides)
        try container.encode(moments, forKey: .moments)
        try container.encode(clocks, forKey: .clocks)
        try container.encode(record, forKey: .record)
        try container.encode(events, forKey: .events)
        try container.encode(isMasked, forKey: .isMasked)
    }
}

extension TicketAnswer.Step {
    init(_ taken: TakenStep, _ wording: MomentWording) {
        (step, title, by) = (taken.step.number, taken.step.title, taken.step.by)
        (form, applies) = (taken.step.form, taken.applies)
        happened = taken.moments.map { Moment($0, wording, says: taken.step.says) }
    }
}

extension TicketAnswer.Step.Moment {
    init(_ moment: TakenStep.Moment, _ wording: MomentWording, says: LocalizedText? = nil) {
        let words = wording.words(of: moment, says: says)
        (event, at, id) = (moment.event, moment.at, moment.id)
        (title, by, lines) = (words.title, words.by, words.lines)
    }
}

extension TicketAnswer.CourseEvent {
    init(_ row: EventRow, _ masking: RecordMasking?) throws {
        let envelope = row.envelope
        var payload = try ContractJSON.decode(JSONTree.self, from: row.payload)
        // The key to the customer's own page is nobody else's business.
        payload["trackingCodeHash"] = nil
        self.init(
            id: envelope.id, type: envelope.type, source: envelope.source, time: envelope.time,
            recordedAt: row.recordedAt, sequence: envelope.ticketSequence, correlationID: envelope.correlationID,
            causationID: envelope.causationID, payload: masking?.json(payload) ?? payload)
    }
}
