import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import Procedure

/// The store of Reporting: every event, a row for each complaint that follows them, and what reports read.
struct ReportingStore: Sendable {
    let database: ServiceDatabase
    /// Which clocks run, and what is decided about complaints after their end: of each by the version that it was judged
    /// under. Absent: none and nothing.
    var shelf: PolicyShelf?

    /// Stores an event and brings the complaint's row up to date, whatever order events come in.
    ///
    /// An event of a complaint whose acceptance has not come yet is not kept: it is tried again by the tiers, and parked
    /// when no acceptance came in all that time, because then the complaint never existed.
    func record<Payload: Event>(
        _ message: Message<Payload>, as event: TicketEvent, in unit: UnitOfWork
    ) throws -> Outcome {
        guard let number = message.envelope.subject else {
            return .park(
                FailureReason(
                    .malformed, "\(message.envelope.type) is about a complaint, but no number is given",
                    place: EnvelopeCoding.Header.subject))
        }
        let recorded = RecordedEvent(envelope: message.envelope, event: event)
        let known = try TicketRow.fetch(number, in: unit.db)
        guard try EventRow.insert(message, ticket: number, at: unit.now, in: unit.db) else { return .duplicate }
        if case .caseRead(let read) = event { try Self.noteReading(read, of: number, in: unit) }
        if let known {
            let next = try followed(known.summary, by: recorded, in: unit.db)
            try TicketRow.update(next, before: known.summary, in: unit.db)
            try TicketText.extend(known.id, by: event, in: unit.db)
            if DutyCourse.types.contains(Payload.type) { try DutyTable.follow(number, in: unit.db) }
            if let pack = shelf?.pack(next.policy) {
                try afterTheEnd(next, by: pack, because: message.envelope, in: unit)
                if known.summary.isJudgedOtherwise(than: next) {
                    try RestrictedTable.follow(next, by: pack, in: unit.db)
                }
            }
        } else {
            guard case .complaintReceived(let received) = event else {
                throw HandlingInterruption.unknownComplaint(number)
            }
            let summary = TicketSummary(received, message.envelope, number: number, by: shelf?.current)
            let id = try TicketRow.insert(summary, in: unit.db)
            try TicketText.insert(id, number: number, received.complaint, in: unit.db)
            if let pack = shelf?.current { try RestrictedTable.follow(summary, by: pack, in: unit.db) }
        }
        return .handled
    }

    /// What the pack wants of a complaint that is closed. What comes late may still make it want more.
    private func afterTheEnd(
        _ summary: TicketSummary, by pack: PolicyPack, because cause: Envelope, in unit: UnitOfWork
    ) throws {
        let wantsMore = !pack.cases.isEmpty || pack.improvement?.when != nil || pack.assessment?.excluded != nil
        guard summary.state == .closed, wantsMore,
            let closed = try ClosedComplaint.find(summary.number, in: unit.db)
        else { return }
        try nominate(closed, by: pack, because: cause, in: unit)
        try needMeasure(closed, by: pack, in: unit)
        try exclude(closed, by: pack, in: unit)
    }

    /// An event that comes in its place changes the summary alone; one that comes late has the whole course folded anew.
    private func followed(
        _ summary: TicketSummary, by recorded: RecordedEvent, in db: Database
    ) throws -> TicketSummary {
        if recorded.place > summary.last {
            var next = summary
            next.apply(recorded, by: shelf?.pack(summary.policy ?? recorded.event.policy))
            return next
        }
        let course = try EventRow.course(of: summary.number, in: db).compactMap { try $0.recorded() }
        let stamp = course.sorted { $0.place < $1.place }.lazy.compactMap(\.event.policy).first
        return TicketSummary.fold(course, number: summary.number, by: shelf?.pack(stamp)) ?? summary
    }
}
