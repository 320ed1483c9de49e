import Contracts
import Foundation
import Procedure

/// What lists and reports need to know of a complaint: the columns of its row. It follows the events one by one; the
/// full record is folded from the events when somebody looks at it (`TicketRecord`).
struct TicketSummary: Hashable, Sendable {
    var number: TicketNumber
    var state = TicketState.registered
    var kind: ComplaintKind
    var channel: String
    var category: String?
    var severity: Severity?
    /// The department that leads, or led at the end.
    var department: DepartmentID?
    var owner: String?
    /// The lead's assignment that stands; 0 before the first.
    var assignment = 0
    /// The lowest version of a solution that it can have; lower ones were taken away with the assignment before.
    var firstVersion = 1
    var heardAt: Date
    var registeredAt: Date
    /// When it was closed; absent for what was withdrawn or merged.
    var closedAt: Date?
    /// When it came to any end.
    var endedAt: Date?
    var outcome: ClosingOutcome?
    /// 1–5, the customer's last word.
    var satisfaction: Int?
    /// How often it was handled.
    var rounds = 1
    var returns = 0
    var reworks = 0
    var declines = 0
    var disputes = 0
    var chases = 0
    var urgings = 0
    var escalations = 0
    /// True while the customer has been asked for something (W18).
    var isWaitingForCustomer = false
    /// The complaint it was merged into.
    var mergedInto: TicketNumber?
    /// The version of the policy pack that it is handled under; absent until Routing has decided something.
    var policy: PolicyStamp?
    /// The heading in lists.
    var heading: String
    var complainantName: String?
    /// When each kind of event (`noun.verb`) happened last: the dates of the stages.
    var moments: [String: Date] = [:]
    var clocks: [ClockRun] = []
    /// When it waited for the customer (W18); the last may go on.
    var waits: [DateInterval] = []
    /// The last event that was taken in.
    var last: CoursePlace

    /// True when it was judged unreasonable and the customer accepted why: it counts in no department's assessment, and
    /// the reports say how many there are.
    var isExcluded: Bool { outcome == .explained }

    /// From the first hearing to the closing; absent while it is not closed.
    var handlingSeconds: Int? { closedAt.map { max(0, Int($0.timeIntervalSince(heardAt).rounded())) } }
}

extension TicketSummary {
    /// A complaint begins with its acceptance.
    /// - Parameter pack: says which clocks run; absent: those that messages name.
    init(_ received: ComplaintReceived, _ envelope: Envelope, number: TicketNumber, by pack: PolicyPack? = nil) {
        let complaint = received.complaint
        self.init(
            number: number, kind: complaint.kind, channel: complaint.channel, heardAt: complaint.heardAt,
            registeredAt: complaint.registeredAt, heading: Self.heading(of: complaint),
            complainantName: complaint.complainant.name, moments: [ComplaintReceived.type.word: envelope.time],
            last: CoursePlace(envelope))
        if let pack { startClocks(received, by: pack) }
    }

    /// 投诉事由, or how the narrative begins.
    private static func heading(of complaint: Complaint) -> String {
        let words = [complaint.about.product, complaint.reason ?? String(complaint.narrative.prefix(60))]
        return words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
            .replacingOccurrences(of: "\n", with: " ")
    }

    /// Folds a course in any order; absent when the complaint's acceptance is not in it.
    static func fold(
        _ course: [RecordedEvent], number: TicketNumber, by pack: PolicyPack? = nil
    ) -> TicketSummary? {
        let ordered = course.sorted { $0.place < $1.place }
        for recorded in ordered {
            guard case .complaintReceived(let received) = recorded.event else { continue }
            var summary = TicketSummary(received, recorded.envelope, number: number, by: pack)
            for other in ordered where other.envelope.id != recorded.envelope.id {
                summary.apply(other, by: pack)
            }
            return summary
        }
        return nil
    }
}

extension MessageType {
    /// `noun.verb`, as policy packs name events.
    var word: String { "\(noun).\(verb)" }
}
