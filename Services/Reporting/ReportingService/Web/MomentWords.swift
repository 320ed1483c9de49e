import Contracts
import Foundation

/// What the sheet of the document's steps says of something that happened: what it is called, who did it, and its
/// substance line by line.
struct MomentWords: Hashable, Sendable {
    var title: String
    /// Nobody's name stands beside what happened by itself.
    var by: String?
    var lines: [String] = []
}

/// Puts what happened into words of the document and the reader's language: names of departments and roles, never ids.
struct MomentWording {
    let showing: Showing
    let details: TicketDetails
    /// What may be seen of each event, by its message.
    private let told: [UUID: TicketEvent]
    private let complaint: Complaint
    /// The versions of the solution whose content stands at their draft.
    let drafted: Set<Int>
    /// What people call each version of the solution.
    let numbers: [Int: Int]

    /// - Parameter masking: what hides personal data; absent for those who may see them.
    init(_ details: TicketDetails, _ showing: Showing, masking: RecordMasking?) throws {
        (self.details, self.showing) = (details, showing)
        complaint = try masking?.masked(details.record.complaint) ?? details.record.complaint
        var told: [UUID: TicketEvent] = [:]
        for row in details.course { told[row.envelope.id] = try row.told(masking) }
        self.told = told
        numbers = details.record.numbers
        drafted = Set(
            told.values.compactMap { event in
                if case .solutionDrafted(let event) = event { event.solution.version } else { nil }
            })
    }

    /// - Parameter says: what the step says of it, where it is not the event's own.
    func words(of moment: TakenStep.Moment, says: LocalizedText? = nil) -> MomentWords {
        var note = MomentNote(showing: showing)
        if let event = moment.id.flatMap({ told[$0] }) {
            describe(event, &note)
        } else if moment.id == nil, moment.at == details.summary.heardAt {
            describeHearing(&note)
        }
        // What follows from it is told in full where it happened.
        if let says { return MomentWords(title: showing.text(says), lines: Array(note.lines.prefix(1))) }
        let title = note.title.map(showing.context.eventTitle) ?? showing.event(moment.event)
        return MomentWords(title: title, by: note.by, lines: note.lines)
    }

    private func describeHearing(_ note: inout MomentNote) {
        note.add("channel", showing.channel(complaint.channel))
        note.join("complainant", complaint.complainant.name)
        note.join("phone", complaint.complainant.phone)
    }

    private func describe(_ event: TicketEvent, _ note: inout MomentNote) {
        switch event {
        case .complaintReceived, .complaintSupplemented, .complaintChased, .complaintWithdrawn, .complaintRejected,
            .complaintAccepted, .complaintAnswered, .complaintMerged, .complaintGrouped, .explanationAccepted,
            .explanationDisputed:
            describeRecord(event, &note)
        case .emergencyCalled, .emergencyAttended, .caseAssigned, .caseUrged, .caseEscalated, .caseCancelled,
            .dutyFulfilled, .partOrdered, .partArrived, .deadlineApproaching, .deadlineMissed, .deadlineMoved:
            describeCase(event, &note)
        case .caseAcknowledged, .caseReturned, .caseInvestigated, .caseProgressed, .opinionRequested, .opinionGiven,
            .caseJoined, .informationRequested, .informationProvided:
            describeWork(event, &note)
        case .solutionDrafted, .solutionEndorsed, .solutionApproved, .solutionRefused, .solutionProposed,
            .solutionPresented, .solutionCompleted, .solutionImplemented, .solutionAccepted, .solutionDeclined,
            .solutionDisputed,
            .solutionExpired, .solutionRuled:
            describeSolution(event, &note)
        case .customerInformed, .customerUnreachable, .callbackCompleted, .customerSoothed, .reworkOrdered,
            .complaintClosed, .caseNominated, .casePublished, .caseDistributed, .caseRead, .measureAssigned,
            .rectificationOrdered,
            .rectificationAnswered, .rectificationReturned, .rectificationClosed:
            describeEnd(event, &note)
        }
    }
}

/// The lines of a moment while they are written.
struct MomentNote {
    let showing: Showing
    /// Another title than the event's own.
    var title: String?
    private(set) var by: String?
    private(set) var lines: [String] = []

    init(showing: Showing) { self.showing = showing }

    /// `标签：内容` on a line of its own.
    mutating func add(_ label: String, _ value: String?) {
        guard let value = Self.flat(value) else { return }
        lines.append(showing.labelled(label, value))
    }

    /// The same, on the line before if there is one.
    mutating func join(_ label: String, _ value: String?) {
        guard let value = Self.flat(value) else { return }
        guard let last = lines.popLast() else { return add(label, value) }
        lines.append(last + showing.context.text("reporting.semicolon") + showing.labelled(label, value))
    }

    /// Words that need no label.
    mutating func say(_ text: String?) {
        guard let text = Self.flat(text) else { return }
        lines.append(text)
    }

    mutating func sign(_ actor: Actor) { by = actor.kind == .system ? nil : showing.actor(actor) }
    mutating func sign(_ name: String) { by = showing.person(name) }

    private static func flat(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension EventRow {
    /// The event as somebody may see it.
    fileprivate func told(_ masking: RecordMasking?) throws -> TicketEvent? {
        guard let masking else { return try recorded()?.event }
        let tree = try ContractJSON.decode(JSONTree.self, from: payload)
        return try TicketEvent.decode(envelope.type, payload: ContractJSON.encode(masking.json(tree)))
    }
}
