import Contracts
import Foundation
import Messaging
import Persistence

extension CaseWork {
    /// The customer is asked: clocks that may pause stand still until the answer (W18).
    func waitForCustomer(
        _ record: ComplaintRecord, _ request: InformationRequested, at instant: Date, in unit: UnitOfWork
    ) throws {
        guard !record.file.state.isEnded else { return }
        try PauseTable.begin(
            record.number, request.department, request: request.request, at: instant, in: unit.db)
    }

    /// The customer answered: the time is given back when the clocks follow.
    ///
    /// - Throws: `HandlingInterruption.premature` when the question has not been heard of yet.
    func goOn(
        _ record: ComplaintRecord, _ answer: InformationProvided, at instant: Date, in unit: UnitOfWork
    ) throws {
        guard !record.file.state.isEnded else { return }
        let isKnown = try PauseTable.end(
            record.number, answer.department, request: answer.request, at: instant, in: unit.db)
        guard isKnown else {
            throw HandlingInterruption.premature(
                "question \(answer.request) of \(answer.department) is not known yet", place: "routing")
        }
    }
}
