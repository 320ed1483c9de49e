import Contracts
import Foundation
import GRDB
import Messaging
import Persistence
import Procedure

extension CaseWork {
    /// Opens what has become owed by what happened, and ends what was done or is no longer owed.
    func followDuties(_ record: ComplaintRecord, because cause: Envelope? = nil, in unit: UnitOfWork) throws {
        let rules = DutyRules(pack: pack)
        guard !rules.isEmpty else { return }
        let known = try DutyTable.all(of: record.number, in: unit.db)
        for duty in known where duty.isOpen {
            if DutyRules.isDone(duty.duty.kind, by: record.file.state) {
                try DutyTable.finish(
                    duty.id, at: unit.now, by: pack.stamp.description, way: nil, note: nil, in: unit.db)
            } else if DutyRules.isVoid(duty.duty, by: record.file.state) {
                try DutyTable.void(duty.id, at: unit.now, in: unit.db)
            }
        }
        let facts = DutyFacts(record: record, course: try course(of: record, in: unit.db))
        let opened = rules.opened(facts, known: Set(known.map(\.duty.key)), at: unit.now)
        for duty in opened { try open(duty, of: record, because: cause, in: unit) }
    }

    /// Writes a duty down, says so in the history, and calls the emergency team at once.
    func open(_ duty: Duty, of record: ComplaintRecord, because cause: Envelope? = nil, in unit: UnitOfWork) throws {
        try DutyTable.insert(duty, of: record.number, in: unit.db)
        let words = duty.recipientTitle.labelling(duty.title)
        try noteDuty("duty.opened", words: words, record.number, by: .system(pack.stamp.description), in: unit)
        guard duty.kind == .emergency, let team = DepartmentID(duty.recipient), let emergency = pack.emergency else {
            return
        }
        var audience = record.audience(by: pack)
        audience?.departments.append(team)
        try unit.send(
            EmergencyCalled(
                department: team, title: emergency.title, measures: emergency.measures, complaint: record.complaint,
                severity: record.severity ?? .major, explanations: duty.because,
                by: .system(pack.stamp.description), audience: audience), about: record.number, because: cause)
    }

    /// What happened to a complaint so far, as conditions ask about it.
    func course(of record: ComplaintRecord, in db: Database) throws -> CourseSoFar { try record.course(in: db) }

    /// What is known of the course when a complaint is graded for the first time.
    func courseAtFirst(_ record: ComplaintRecord, in db: Database) throws -> CourseSoFar {
        CourseSoFar(groupSize: try GroupTable.size(of: record, in: db), earlier: try record.earlier(in: db))
    }

    func noteDuty(
        _ event: String, _ detail: String?, _ number: TicketNumber, by: Actor, department: DepartmentID? = nil,
        in unit: UnitOfWork
    ) throws {
        try HistoryTable.append(
            HistoryRecord(
                at: unit.now, event: event, standing: .noted, by: by, department: department, detail: detail),
            to: number, in: unit.db)
    }

    func noteDuty(
        _ event: String, words: LocalizedText, _ number: TicketNumber, by: Actor, in unit: UnitOfWork
    ) throws {
        try HistoryTable.append(
            HistoryRecord(
                at: unit.now, event: event, standing: .noted, by: by, detail: words.zhHans, words: words),
            to: number, in: unit.db)
    }

    /// The emergency team was there. Said again it changes nothing.
    func attended(
        _ event: EmergencyAttended, of number: TicketNumber, at instant: Date, in unit: UnitOfWork
    ) throws -> Outcome {
        guard try ComplaintTable.find(number, in: unit.db) != nil else {
            throw HandlingInterruption.unknownComplaint(number, place: "routing")
        }
        let called = try DutyTable.all(of: number, in: unit.db).first {
            $0.duty.kind == .emergency && $0.duty.recipient == event.department.text
        }
        guard let called else { return .handled }
        guard called.doneAt == nil else { return .duplicate }
        try DutyTable.attend(called.id, at: instant, by: event.by.name ?? "", note: event.report, in: unit.db)
        try HistoryTable.append(
            HistoryRecord(
                at: instant, event: "emergency.attended", standing: .noted, by: event.by,
                department: event.department, detail: event.report), to: number, in: unit.db)
        return .handled
    }

    // MARK: Time

    /// Says of the duties whose time has run out that they were missed (督办), and raises the want of a part that has lasted
    /// too long (V04).
    /// - Returns: how many there were.
    func missDuties(limit: Int, in unit: UnitOfWork) throws -> Int {
        let missed = try DutyTable.missed(by: unit.now, limit: limit, in: unit.db)
        for entry in missed {
            try DutyTable.markMissed(entry.id, at: entry.duty.dueAt, in: unit.db)
            guard let record = try ComplaintTable.find(entry.number, in: unit.db) else { continue }
            try unit.send(
                DeadlineMissed(
                    department: entry.duty.kind.isDepartments ? DepartmentID(entry.duty.recipient) : nil,
                    deadline: entry.deadline), about: entry.number)
            try noteDuty(
                "deadline.missed", words: entry.duty.title, entry.number, by: .system(pack.stamp.description), in: unit)
            if entry.duty.kind == .parts { try raiseWantOfParts(record, entry, in: unit) }
            try followDuties(record, in: unit)
        }
        return missed.count
    }

    private func raiseWantOfParts(_ record: ComplaintRecord, _ entry: DutyRecord, in unit: UnitOfWork) throws {
        let facts = DutyFacts(record: record, course: try course(of: record, in: unit.db))
        let known = Set(try DutyTable.all(of: record.number, in: unit.db).map(\.duty.key))
        for duty in DutyRules(pack: pack).raisedForParts(facts, because: entry.duty.because, at: unit.now)
        where !known.contains(duty.key) {
            try open(duty, of: record, in: unit)
        }
    }
}

extension Duty.Kind {
    /// True for what a department of the pack has to do.
    var isDepartments: Bool {
        switch self {
        case .parts, .warning, .enquiry, .emergency: true
        case .raising, .upstream, .publication: false
        }
    }
}

extension DutyRecord {
    /// As the ticket tells that it was done.
    func fulfilled(way: String?, note: String?, by actor: Actor, department: DepartmentID?) -> DutyFulfilled {
        DutyFulfilled(
            department: department, rule: duty.rule, title: duty.title, recipient: duty.recipient,
            recipientTitle: duty.recipientTitle, form: duty.form.rawValue, subject: subject, way: way, note: note,
            by: actor)
    }

    /// As other services read of it when it was missed.
    var deadline: Deadline {
        let title = LocalizedText(
            zhHans: "\(duty.title.zhHans)（\(duty.recipientTitle.zhHans)）",
            en: "\(duty.title.en) (\(duty.recipientTitle.en))")
        return Deadline(
            clock: duty.rule, title: title, startedAt: duty.openedAt, dueAt: duty.dueAt, explanation: duty.timing)
    }
}
