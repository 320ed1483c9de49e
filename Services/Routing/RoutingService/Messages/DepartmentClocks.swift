import Contracts
import Messaging
import Procedure

/// Which clocks (时限) are for the leading department to keep, and of which events it hears by itself.
extension ClockRecord {
    /// True when something that departments say stops it.
    var isDepartments: Bool { !Self.said.isDisjoint(with: deadline.stops ?? []) }

    /// True when a department says an event itself, or hears of it.
    static func departmentsHear(_ event: String) -> Bool {
        said.contains(event) || heard.contains(event) || Clock.terminalEvents.contains(event)
    }

    private static let said = words(MessageFlow.said(by: .department))
        .subtracting(words([DeadlineApproaching.type, DeadlineMissed.type]))
    private static let heard = words(MessageFlow.heard(by: .department))

    private static func words(_ types: [MessageType]) -> Set<String> { Set(types.map { "\($0.noun).\($0.verb)" }) }
}
