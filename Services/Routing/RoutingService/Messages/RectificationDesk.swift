import Contracts
import Foundation
import Persistence
import Procedure

/// Orders a rectification notice (整改通知).
struct RectificationOrder: Sendable, Hashable {
    var number: TicketNumber
    var department: DepartmentID
    /// What has to be put right.
    var finding: String
    /// The sample in which it was found.
    var sample: Int64?
}

/// What the supervision group does about rectification notices (W20), each in one transaction. It works for complaints that
/// have ended too.
struct RectificationDesk: Sendable {
    let store: RoutingStore
    let work: CaseWork

    /// - Throws: `RectificationRejection`.
    func order(_ order: RectificationOrder, by name: String) async throws -> RectificationRecord {
        try await store.database.write { [work] unit in
            guard let complaint = try ComplaintTable.find(order.number, in: unit.db) else {
                throw RectificationRejection.unknownComplaint
            }
            let earlier = try RectificationTable.all(of: order.number, in: unit.db)
            if let twice = earlier.first(where: { $0.isSame(order, by: name) }) { return twice }
            return try work.following(complaint.policy)
                .orderRectification(order, of: complaint, notice: earlier.count + 1, by: name, in: unit)
        }
    }

    /// The answer is accepted (验收): the notice is done with.
    func close(_ id: Int64, comment: String?, by name: String) async throws -> RectificationRecord {
        try await change(id) { [work] record, _, unit in
            if record.notice.standing == .closed, record.notice.decidedBy == name { return }
            try record.notice.close(comment, by: name, at: unit.now)
            let notice = record.notice
            try work.follow(&record, RectificationStep("closed", at: unit.now, by: name, comment), in: unit)
            try unit.send(
                RectificationClosed(
                    department: notice.department, notice: notice.notice, round: notice.round, comment: comment,
                    by: .staff(name)), about: notice.number)
        }
    }

    /// The answer is sent back, and the department's time begins again.
    func sendBack(_ id: Int64, reason: String, by name: String) async throws -> RectificationRecord {
        try await change(id) { [work] record, complaint, unit in
            if record.notice.standing == .returned, record.notice.comment == reason { return }
            let pack = work.following(complaint.policy).pack
            let time = RectificationTime(pack: pack.supervision == nil ? work.pack : pack)
            guard let deadline = time.deadline(from: unit.now, severity: complaint.severity) else {
                throw RectificationRejection.unknownNotice
            }
            let answered = record.notice.round
            try record.notice.sendBack(reason, until: deadline, by: name, at: unit.now)
            record.alert = .none
            record.next = time.moments(deadline, record.terms).next(from: unit.now)
            let notice = record.notice
            try work.follow(&record, RectificationStep("returned", at: unit.now, by: name, reason), in: unit)
            try unit.send(
                RectificationReturned(
                    department: notice.department, notice: notice.notice, round: answered, reason: reason,
                    dueAt: deadline.dueAt, by: .staff(name)), about: notice.number)
        }
    }

    private func change(
        _ id: Int64,
        _ change: @escaping @Sendable (inout RectificationRecord, ComplaintRecord, UnitOfWork) throws -> Void
    ) async throws -> RectificationRecord {
        try await store.database.write { unit in
            guard var record = try RectificationTable.find(id, in: unit.db),
                let complaint = try ComplaintTable.find(record.notice.number, in: unit.db)
            else { throw RectificationRejection.unknownNotice }
            try change(&record, complaint, unit)
            return record
        }
    }
}

extension RectificationRecord {
    /// True for an order that was given already and waits for its first answer: a form that is sent twice orders once.
    fileprivate func isSame(_ order: RectificationOrder, by name: String) -> Bool {
        notice.standing == .ordered && notice.orderedBy == name && notice.department == order.department
            && notice.finding == order.finding && notice.sample == order.sample
    }
}
