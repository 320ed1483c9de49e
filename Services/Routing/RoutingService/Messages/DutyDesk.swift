import Contracts
import Foundation
import Persistence
import Procedure

/// What people do about duties, warnings and parts, each in one transaction.
extension TriageDesk {
    /// Keeps the text of a report (书面报告) until it is sent.
    func write(_ id: Int64, subject: String, body: String) async throws -> DutyRecord {
        try await changeDuty(id) { entry, unit in
            guard entry.isOpen else { throw DeskRefusal.dutyOver }
            try DutyTable.write(id, subject: subject, body: body, in: unit.db)
        }
    }

    /// It was sent, told, published or done: by whom, when, how. Saying so twice is saying it once.
    func fulfil(_ id: Int64, way: String?, note: String?, by name: String) async throws -> DutyRecord {
        try await changeDuty(id) { [work] entry, unit in
            if entry.doneAt != nil, entry.way == way, entry.note == note { return }
            guard entry.isOpen else { throw DeskRefusal.dutyOver }
            if entry.duty.form == .written, (entry.body ?? "").isEmpty { throw DeskRefusal.reportUnwritten }
            try DutyTable.finish(id, at: unit.now, by: name, way: way, note: note, in: unit.db)
            let words = LocalizedText.listing(
                [entry.duty.recipientTitle] + [way, note].map { $0.map { LocalizedText(same: $0) } })
            try work.noteDuty("duty.done", words: words, entry.number, by: .staff(name), in: unit)
            let handling = try ComplaintTable.find(entry.number, in: unit.db)?.handling
            try unit.send(
                entry.fulfilled(way: way, note: note, by: .staff(name), department: handling?.lead),
                about: entry.number)
        }
    }

    /// What the recipient answered.
    func answer(_ id: Int64, _ answer: String, by name: String) async throws -> DutyRecord {
        try await changeDuty(id) { [work] entry, unit in
            guard entry.doneAt != nil else { throw DeskRefusal.dutyOver }
            if let given = entry.answer {
                if given == answer { return }
                throw DeskRefusal.dutyAnswered
            }
            try DutyTable.answer(id, answer, at: unit.now, by: name, in: unit.db)
            let words = entry.duty.recipientTitle.labelling(LocalizedText(same: answer))
            try work.noteDuty("duty.answered", words: words, entry.number, by: .staff(name), in: unit)
        }
    }

    private func changeDuty(
        _ id: Int64, _ change: @escaping @Sendable (DutyRecord, UnitOfWork) throws -> Void
    ) async throws -> DutyRecord {
        try await store.database.write { unit in
            guard let entry = try DutyTable.find(id, in: unit.db) else { throw DeskRefusal.unknownDuty }
            try change(entry, unit)
            return try DutyTable.find(id, in: unit.db) ?? entry
        }
    }

    // MARK: Early warnings

    /// The adviser soothed and explained, and the customer accepts it (V02): Callback follows it up (V10) and closes it.
    func settleWarning(_ number: TicketNumber, words: String, by name: String) async throws -> ComplaintRecord {
        try await changeWarning(number) { [work] record, unit in
            let happening = Happening(atDesk: .judgedEnquiry, at: unit.now, by: .staff(name), detail: words)
            return try work.apply(happening, to: record, in: unit)
        }
    }

    /// What the adviser cannot settle goes to the department's manager, who verifies it and decides (V03).
    func passOnWarning(_ number: TicketNumber, reason: String, by name: String) async throws -> ComplaintRecord {
        try await changeWarning(number) { [work] record, unit in
            let pack = work.following(record.policy).pack
            let judged = Happening(atDesk: .judgedValid, at: unit.now, by: .staff(name), detail: reason)
            let valid = try work.apply(judged, to: record, in: unit) { record, _ in
                record.explanations = [
                    Self.explanation(
                        "desk.warning", "预警不能妥善应对", "The warning could not be settled", name, reason, pack)
                ]
                record.classify(by: pack, course: try work.courseAtFirst(record, in: unit.db))
            }
            let proposal = pack.assign(
                valid.complaint, number: number, category: valid.category ?? pack.otherCategory.id,
                severity: valid.severity ?? .general, at: unit.now)
            let department = proposal?.department ?? pack.otherCategory.department
            let event = RoutingEvent.assigned(
                lead: department, assisting: proposal?.assisting ?? [], bySupervisor: false)
            let assigned = Happening(atDesk: event, at: unit.now, by: .staff(name), detail: reason)
            return try work.apply(assigned, to: valid, in: unit) { record, _ in
                record.owner = pack.department(department)?.head
                record.explanations += proposal?.explanations ?? []
            }
        }
    }

    private func changeWarning(
        _ number: TicketNumber, _ change: @escaping @Sendable (ComplaintRecord, UnitOfWork) throws -> ComplaintRecord
    ) async throws -> ComplaintRecord {
        try await store.database.write { unit in
            guard let record = try ComplaintTable.find(number, in: unit.db) else { throw DeskRefusal.unknownComplaint }
            guard record.complaint.kind == .warning, record.file.state == .awaitingAnswer else {
                throw DeskRefusal.noOpenWarning
            }
            return try change(record, unit)
        }
    }

    // MARK: Parts

    /// A part is transferred or ordered: registered, and tracked until it is there (V04).
    func order(_ order: PartOrder, for number: TicketNumber, by name: String) async throws -> [PartRecord] {
        try await store.database.write { [work] unit in
            guard let record = try ComplaintTable.find(number, in: unit.db) else { throw DeskRefusal.unknownComplaint }
            let duties = try DutyTable.all(of: number, in: unit.db)
            guard !record.file.state.isEnded, duties.contains(where: { $0.duty.kind == .parts }) else {
                throw DeskRefusal.noPartsCase
            }
            try PartTable.insert(order, of: number, at: unit.now, by: name, in: unit.db)
            let words = [order.part, order.way, order.reference].compactMap(\.self).joined(separator: " · ")
            try work.noteDuty("part.ordered", words, number, by: .staff(name), in: unit)
            try unit.send(
                PartOrdered(
                    department: record.handling?.lead, part: order.part, way: order.way, reference: order.reference,
                    expectedAt: order.expectedAt, by: .staff(name)), about: number)
            return try PartTable.all(of: number, in: unit.db)
        }
    }

    /// The part is there. When nothing more is waited for, so is the end of the tracking.
    func arrive(_ id: Int64, by name: String) async throws -> [PartRecord] {
        try await store.database.write { [work] unit in
            guard let part = try PartTable.find(id, in: unit.db), let number = TicketNumber(part.number) else {
                throw DeskRefusal.unknownDuty
            }
            if part.arrivedAt == nil {
                try PartTable.arrive(id, at: unit.now, by: name, in: unit.db)
                try work.noteDuty("part.arrived", part.part, number, by: .staff(name), in: unit)
                let handling = try ComplaintTable.find(number, in: unit.db)?.handling
                try unit.send(
                    PartArrived(department: handling?.lead, part: part.part, by: .staff(name)), about: number)
            }
            let parts = try PartTable.all(of: number, in: unit.db)
            if parts.allSatisfy({ $0.arrivedAt != nil }) {
                for entry in try DutyTable.all(of: number, in: unit.db) where entry.duty.kind == .parts && entry.isOpen
                {
                    try DutyTable.finish(entry.id, at: unit.now, by: name, way: nil, note: nil, in: unit.db)
                }
            }
            return parts
        }
    }
}
