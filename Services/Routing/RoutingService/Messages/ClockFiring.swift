import Contracts
import Foundation
import GRDB
import Logging
import Persistence
import Procedure

/// Says what clocks have to say when their time has come: `deadline.approaching` at each warning, `deadline.missed` when
/// it runs out, and what follows from that. What is said and that it was said are one transaction, so that each is said
/// exactly once, whatever is killed when.
struct ClockFiring: Sendable {
    let work: CaseWork
    let logger: Logger

    /// Says everything that is due, at most for so many clocks.
    ///
    /// - Parameter earliest: Leaves out what should have been said before.
    /// - Returns: how many clocks had something to say.
    func fire(notBefore earliest: Date? = nil, limit: Int, in unit: UnitOfWork) throws -> Int {
        let due = try ClockTable.due(by: unit.now, notBefore: earliest, limit: limit, in: unit.db)
        for clock in due {
            do {
                try unit.inSavepoint { try fire(clock, in: unit) }
            } catch {
                // One clock that cannot speak must not silence the others.
                logger.error("A clock cannot fire", metadata: ["clock": "\(clock.id)", "error": "\(error)"])
                try ClockTable.postpone(clock.id, to: unit.now.addingTimeInterval(60), in: unit.db)
            }
        }
        return due.count
    }

    private func fire(_ due: ClockRecord, in unit: UnitOfWork) throws {
        var clock = due
        guard let record = try ComplaintTable.find(clock.number, in: unit.db), !record.file.state.isEnded else {
            // The end stops every clock, so that there is none; and if there is, it does not speak.
            clock.next = nil
            return try ClockTable.update(clock, in: unit.db)
        }
        let pack = work.following(record.policy).pack
        let moments = ClockReckoning(calendar: pack.calendar).moments(
            clock.terms, from: clock.deadline.startedAt, dueAt: clock.deadline.dueAt,
            pauses: clock.terms.waitsForCustomer
                ? try PauseTable.spans(of: clock.number, until: unit.now, in: unit.db) : [])
        let speaker = ClockSpeaker(pack: pack, record: record, unit: unit)
        while let moment = clock.next, moment.at <= unit.now {
            if moment.isDue {
                try speaker.missed(&clock, at: moment.at)
            } else {
                try speaker.approaching(clock, moment)
                clock.alert = .approaching
            }
            clock.next = moments.next(after: moment)
        }
        try ClockTable.update(clock, in: unit.db)
        if clock.saidMissed { try work.followDuties(record, in: unit) }
        if let next = clock.next { work.alarm.ring(by: next.at, after: unit.db) }
    }
}

/// What is said of one complaint's clocks, to the other services and in its history.
struct ClockSpeaker {
    let pack: PolicyPack
    /// The complaint as it stands.
    let record: ComplaintRecord
    let unit: UnitOfWork

    private var by: Actor { .system(pack.stamp.description) }
    /// The department in whose hands it is; nil when it is in none's.
    private var department: DepartmentID? {
        record.handling?.lead.text == record.holder ? record.handling?.lead : nil
    }

    /// Who is urged: whoever has it in hand, and while a dissatisfied customer is being talked with (安抚), who handled it
    /// (K15).
    private func answerable(for clock: ClockRecord) -> DepartmentID? {
        let isSoothing = pack.clock(clock.deadline.clock)?.starts == Clock.dissatisfied
        return department ?? (isSoothing ? record.handling?.lead : nil)
    }

    func approaching(_ clock: ClockRecord, _ moment: ClockMoment) throws {
        try unit.send(
            DeadlineApproaching(department: department, deadline: clock.deadline, percent: moment.percent),
            about: record.number)
        try note("deadline.approaching", "\(clock.deadline.clock) \(moment.percent)", at: moment.at)
    }

    /// It ran out: said, recorded, urged (督办), and raised to the next level where the pack says so.
    ///
    /// - Parameter instant: when it ran out. That is when it happened, however late it is said.
    func missed(_ clock: inout ClockRecord, at instant: Date) throws {
        try missedUnsaid(clock, at: instant)
        clock.missedDueAt = clock.deadline.dueAt
        clock.alert = .missed
        let follows = MissedClock(
            clock.terms, heldBy: answerable(for: clock).map(Holder.department) ?? .nobody, owner: record.owner,
            raisedTo: try ClockTable.raised(record.number, in: unit.db), departments: pack.departments)
        if let urging = follows.urging { try urge(urging, clock, at: instant) }
        if let escalation = follows.escalation {
            try escalate(escalation, clock, at: instant)
            clock.escalatedTo = escalation.level
        }
    }

    /// It had run out before it stopped, and nobody had said so: for the record, when there is nothing left to urge.
    func missedUnsaid(_ clock: ClockRecord, at instant: Date) throws {
        try unit.send(DeadlineMissed(department: department, deadline: clock.deadline), about: record.number)
        try note("deadline.missed", clock.deadline.clock, at: instant)
    }

    /// It is due at another time than was said: the department and the reports go by the new one.
    func moved(_ clock: ClockRecord) throws {
        try unit.send(DeadlineMoved(department: record.handling?.lead, deadline: clock.deadline), about: record.number)
    }

    /// It has started while a department leads that has to keep it: it works by this clock too from now on.
    func started(_ clock: ClockRecord, by event: String?) throws {
        try unit.send(
            DeadlineMoved(department: record.handling?.lead, deadline: clock.deadline, startedBy: event ?? ""),
            about: record.number)
    }

    /// It was stopped by something that the department does not hear.
    func stopped(_ clock: ClockRecord) throws {
        try unit.send(
            DeadlineMoved(
                department: record.handling?.lead, deadline: clock.deadline, stoppedBy: clock.stoppedBy ?? ""),
            about: record.number)
    }

    /// It was said to have run out, and had been stopped in time.
    func keptAfterAll(_ clock: ClockRecord) throws {
        try note("deadline.kept", clock.deadline.clock, at: unit.now)
    }

    private func urge(_ urging: MissedClock.Urging, _ clock: ClockRecord, at instant: Date) throws {
        let words = words(
            clock, zhHans: { "「\($0)」已于 \($1) 到期，请尽快办理。" },
            en: { "“\($0)” was due \($1). Please go on with it without delay." })
        try unit.send(
            CaseUrged(
                department: urging.department, clock: clock.deadline.clock, addressee: urging.addressee,
                comment: words.text(for: record.complaint.language), text: words, by: by),
            about: record.number)
        try note("case.urged", words, department: urging.department, at: instant)
    }

    private func escalate(_ escalation: MissedClock.Escalation, _ clock: ClockRecord, at instant: Date) throws {
        let reason = words(
            clock, zhHans: { "「\($0)」已于 \($1) 到期而未完成" }, en: { "“\($0)” was due \($1) and has not been done" })
        let title = pack.title(ofRecipient: escalation.level) ?? LocalizedText(same: escalation.level)
        let language = record.complaint.language
        try unit.send(
            CaseEscalated(
                department: escalation.department, level: title.text(for: language), levelTitle: title,
                reason: reason.text(for: language), text: reason, clock: clock.deadline.clock, by: by),
            about: record.number)
        try note("case.escalated", title.labelling(reason), department: escalation.department, at: instant)
    }

    private func words(
        _ clock: ClockRecord, zhHans: (String, String) -> String, en: (String, String) -> String
    ) -> LocalizedText {
        let (title, due) = (clock.deadline.title, pack.calendar.text(clock.deadline.dueAt))
        return LocalizedText(zhHans: zhHans(title.zhHans, due), en: en(title.en, due))
    }

    private func note(
        _ event: String, _ words: LocalizedText, department: DepartmentID, at instant: Date
    ) throws {
        try HistoryTable.append(
            HistoryRecord(
                at: instant, event: event, standing: .noted, by: by, department: department,
                detail: words.text(for: record.complaint.language), words: words), to: record.number, in: unit.db)
    }

    private func note(_ event: String, _ clock: String, at instant: Date) throws {
        try HistoryTable.append(
            HistoryRecord(at: instant, event: event, standing: .noted, by: by, department: department, detail: clock),
            to: record.number, in: unit.db)
    }

    private func note(
        _ event: String, _ detail: String, department: DepartmentID? = nil, at instant: Date
    ) throws {
        try HistoryTable.append(
            HistoryRecord(
                at: instant, event: event, standing: .noted, by: by, department: department ?? self.department,
                detail: detail), to: record.number, in: unit.db)
    }
}
