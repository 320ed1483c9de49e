import Contracts

/// How a complaint ends. Each end moves it from one ledger to another, so that the sum stays what was registered.
enum Ending {
    /// Callback's word is final: it also closes what Routing took to be withdrawn or merged in the meantime, because
    /// Callback counts it as closed. Departments that assisted hear it from Routing, and owe nothing any more.
    static func close(_ file: CaseFile, _ outcome: ClosingOutcome) -> RoutingDecision {
        let left: RoutingEffect.Ledger =
            switch file.state {
            case .withdrawn: .withdrawn
            case .merged: .merged
            case .settled, .awaitingJudgement, .awaitingAnswer, .answered, .explaining, .awaitingAssignment, .handling,
                .closed:
                .open
            }
        return .moved(file, to: .closed(outcome), assistingDone(file) + [.count(left, by: -1)])
    }

    static func withdraw(_ file: CaseFile) -> RoutingDecision {
        .moved(
            file, to: .withdrawn,
            cancellations(file, .withdrawn) + [.count(.open, by: -1), .count(.withdrawn, by: 1)])
    }

    static func merge(_ file: CaseFile, into survivor: TicketNumber) -> RoutingDecision {
        .moved(
            file, to: .merged(into: survivor),
            [.merge(into: survivor)] + cancellations(file, .merged)
                + [.count(.open, by: -1), .count(.merged, by: 1)])
    }

    /// The lead hears from Callback itself that the complaint is closed.
    private static func assistingDone(_ file: CaseFile) -> [RoutingEffect] {
        cancellations(file, .closed).filter { effect in
            if case .cancel(_, as: .assisting, _, _) = effect { true } else { false }
        }
    }

    /// Tells everybody who holds the complaint that there is nothing more to do.
    static func cancellations(_ file: CaseFile, _ reason: CancellationReason) -> [RoutingEffect] {
        guard case .handling(let handling) = file.state else { return [] }
        return handling.holders.map { department in
            .cancel(
                department, as: department == handling.lead ? .lead : .assisting, assignment: handling.assignment,
                reason)
        }
    }
}
