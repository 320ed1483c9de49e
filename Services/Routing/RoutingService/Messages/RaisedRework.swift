import Contracts
import Foundation
import Messaging
import Persistence
import Procedure

extension CaseWork {
    /// A case that was reworked as often as the pack says goes up a level (返工升级; K15, W12).
    ///
    /// - Parameter record: the complaint as it stands after the rework was heard of.
    func raise(
        _ record: ComplaintRecord, because rework: ReworkOrdered, at instant: Date, in unit: UnitOfWork
    ) throws {
        guard rework.isRaised == true, rework.round == record.file.round, !record.file.state.isEnded,
            let level = pack.department(rework.department)?.escalatesTo
        else { return }
        let language = record.complaint.language
        let title = pack.title(ofRecipient: level) ?? LocalizedText(same: level)
        let reason = rework.because?.text ?? LocalizedText(same: rework.reason)
        let words = title.labelling(reason)
        let by = Actor.system(pack.stamp.description)
        try unit.send(
            CaseEscalated(
                department: rework.department, level: title.text(for: language), levelTitle: title,
                reason: reason.text(for: language), text: rework.because?.text, by: by), about: record.number)
        try HistoryTable.append(
            HistoryRecord(
                at: instant, event: "case.escalated", standing: .noted, by: by, department: rework.department,
                detail: words.text(for: language), words: words), to: record.number, in: unit.db)
    }
}
