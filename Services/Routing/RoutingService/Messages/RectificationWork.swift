import Contracts
import Foundation
import Messaging
import Persistence
import Procedure

// Rectification notices (整改通知; W20) inside a transaction: ordered, answered, and their time.

extension CaseWork {
    /// Writes a notice down, starts its time and says it to the department and the record.
    ///
    /// - Throws: `RectificationRejection`.
    func orderRectification(
        _ order: RectificationOrder, of complaint: ComplaintRecord, notice number: Int, by name: String,
        in unit: UnitOfWork
    ) throws -> RectificationRecord {
        try checkReport(complaint, for: order.department)
        if let sample = order.sample {
            let entry = try SampleTable.entry(complaint.number, in: sample, in: unit.db)
            guard entry?.result?.verdict == .finding else { throw RectificationRejection.noSuchFinding }
        }
        // A pack of an older version may have had no supervision yet.
        let time = RectificationTime(pack: pack.supervision == nil ? shelf.current : pack)
        guard let deadline = time.deadline(from: unit.now, severity: complaint.severity),
            let terms = time.terms(complaint.severity)
        else { throw RectificationRejection.unknownNotice }
        let notice = Rectification(
            number: complaint.number, notice: number, department: order.department, finding: order.finding,
            sample: order.sample, orderedAt: unit.now, orderedBy: name, deadline: deadline)
        let record = try RectificationTable.insert(
            RectificationRecord(
                id: 0, notice: notice, terms: terms, next: time.moments(deadline, terms).next(from: unit.now)),
            in: unit.db)
        try tell(RectificationStep("ordered", at: unit.now, by: name, order.finding), of: record, in: unit)
        let head = pack.department(order.department)?.head
        try unit.send(
            RectificationOrdered(
                department: order.department, finding: order.finding, dueAt: deadline.dueAt, by: .staff(name),
                notice: number, deadline: deadline, audience: complaint.audience(by: pack)?.with(people: [head])),
            about: complaint.number)
        return record
    }

    /// What is reported in confidence is for the department alone that the pack names (W21).
    private func checkReport(_ complaint: ComplaintRecord, for department: DepartmentID) throws(RectificationRejection)
    {
        guard complaint.complaint.protected != nil, let terms = pack.protection(of: complaint.complaint)?.terms,
            terms.department != department
        else { return }
        throw .protectedReport(pack.title(of: terms.department))
    }

    /// The department's answer, whichever way it arrives. Said again it changes nothing.
    func rectified(
        _ event: RectificationAnswered, of number: TicketNumber, at instant: Date, in unit: UnitOfWork
    ) throws -> Outcome {
        let place = RectificationAnswered.type.name
        guard var record = try RectificationTable.find(number, event.notice, in: unit.db) else {
            throw HandlingInterruption.premature("\(number) has no notice \(event.notice) yet", place: place)
        }
        do {
            guard try record.notice.take(event, at: instant) else { return .duplicate }
        } catch .premature {
            throw HandlingInterruption.premature("round \(event.round) has not been asked for yet", place: place)
        } catch {
            throw HandlingInterruption.rejected("notice \(event.notice) of \(number): \(error)", place: place)
        }
        record.next = nil
        record.alert = instant > record.notice.deadline.dueAt ? .missed : .none
        try follow(&record, RectificationStep("answered", at: instant, by: event.by.name ?? "", event.answer), in: unit)
        return .handled
    }

    /// Keeps what became of a notice, and says so in its trail and in the complaint's history.
    func follow(_ record: inout RectificationRecord, _ step: RectificationStep, in unit: UnitOfWork) throws {
        try RectificationTable.update(record, in: unit.db)
        try tell(step, of: record, in: unit)
    }

    private func tell(_ step: RectificationStep, of record: RectificationRecord, in unit: UnitOfWork) throws {
        try RectificationTable.append(step, to: record.id, in: unit.db)
        try HistoryTable.append(
            HistoryRecord(
                at: step.at, event: "rectification.\(step.step)", standing: .noted, by: .staff(step.by),
                department: record.notice.department, detail: step.words), to: record.notice.number, in: unit.db)
    }

    // MARK: Time

    /// Says what notices have to say by now: that their time is running short, or has run out.
    /// - Returns: how many had something to say.
    func watchRectifications(limit: Int, in unit: UnitOfWork) throws -> Int {
        let due = try RectificationTable.due(by: unit.now, limit: limit, in: unit.db)
        for var record in due {
            let number = record.notice.number
            let complaint = try ComplaintTable.find(number, in: unit.db)
            let time = RectificationTime(pack: following(complaint?.policy).pack)
            let moments = time.moments(record.notice.deadline, record.terms)
            while let moment = record.next, moment.at <= unit.now {
                try say(moment, &record, language: complaint?.complaint.language, in: unit)
                record.next = moments.next(after: moment)
            }
            try RectificationTable.update(record, in: unit.db)
        }
        return due.count
    }

    private func say(
        _ moment: ClockMoment, _ record: inout RectificationRecord, language: String?, in unit: UnitOfWork
    ) throws {
        let notice = record.notice
        record.alert = moment.isDue ? .missed : .approaching
        if moment.isDue {
            try unit.send(
                DeadlineMissed(department: notice.department, deadline: notice.deadline), about: notice.number)
        } else {
            try unit.send(
                DeadlineApproaching(
                    department: notice.department, deadline: notice.deadline, percent: moment.percent),
                about: notice.number)
        }
        let stamp = pack.stamp.description
        let event = moment.isDue ? "missed" : "approaching"
        let words = moment.isDue ? notice.deadline.clock : "\(notice.deadline.clock) \(moment.percent)"
        try RectificationTable.append(
            RectificationStep(event, at: moment.at, by: stamp, moment.isDue ? nil : "\(moment.percent)%"),
            to: record.id, in: unit.db)
        try HistoryTable.append(
            HistoryRecord(
                at: moment.at, event: "deadline.\(event)", standing: .noted, by: .system(stamp),
                department: notice.department, detail: words), to: notice.number, in: unit.db)
    }
}
