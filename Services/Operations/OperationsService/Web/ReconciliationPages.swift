import Foundation
import Hummingbird
import Persistence
import Web

/// The page that shows the equation.
struct ReconciliationPages {
    let desk: OperationsDesk

    /// Lines on the page; days that do not add up are always shown.
    private static let rowsShown = 200

    func add(reading: RouterGroup<SignedInContext>) {
        reading.get("reconciliation") { _, context in
            let view = try await desk.reconciliation()
            var data = Self.summary(view, context)
            let shown = view.rows.prefix(Self.rowsShown)
            let further = view.rows.dropFirst(Self.rowsShown).filter { $0.difference != 0 }
            data["isReconciliation"] = true
            data["rows"] = (shown + further).map { Self.row($0, desk.channelTitle($0.channel, context.language)) }
            data["isEmpty"] = view.rows.isEmpty
            data["totals"] = Self.row(view.totals, "")
            data["broker"] = LetterView.broker(desk.broker, context)
            data["asOf"] = LedgerName.allCases.compactMap { ledger in
                view.asOf[ledger.rawValue].map { date in
                    ["ledger": context.text("operations.ledger.\(ledger.rawValue)"), "at": context.time(date)]
                }
            }
            if view.totals.unmatched > 0 {
                data["unmatched"] = context.text(
                    "operations.reconciliation.unmatched", ["count": "\(view.totals.unmatched)"])
            }
            if view.rows.count > shown.count {
                data["more"] = context.text("operations.reconciliation.more", ["count": "\(shown.count)"])
            }
            return try context.page("reconciliation", data)
        }
    }

    /// The verdict in one sentence.
    static func summary(_ view: ReconciliationView, _ context: SignedInContext) -> [String: Any] {
        let word = view.isBalanced ? "balanced" : view.settled ? "unbalanced" : "moving"
        let values = ["difference": "\(view.totals.difference)", "received": "\(view.totals.received)"]
        return [
            "verdict": context.text("operations.reconciliation.\(word)", values),
            "mark": context.badge(
                context.text("operations.reconciliation.mark.\(word)"),
                view.isBalanced ? .good : view.settled ? .bad : .info),
            "settledText": context.text("operations.reconciliation.\(view.settled ? "settled" : "unsettled")"),
        ]
    }

    private static func row(_ row: ReconciliationRow, _ channel: String) -> [String: Any] {
        let day =
            row.day.count == 8 ? "\(row.day.prefix(4))-\(row.day.dropFirst(4).prefix(2))-\(row.day.suffix(2))" : row.day
        return [
            "day": day, "channel": channel, "received": row.received, "closed": row.closed, "open": row.open,
            "merged": row.merged, "withdrawn": row.withdrawn, "parked": row.parked, "difference": row.difference,
            "isWrong": row.difference != 0,
        ]
    }
}
