import Contracts
import Messaging
import Persistence

/// What departments say beside a complaint's course: it moves the complaint nowhere.
extension RoutingSubscriptions {
    var beside: [Subscription<UnitOfWork>] { [emergency, rectification] }

    /// The emergency team says what it did (S04, W05): that was what was owed.
    private var emergency: Subscription<UnitOfWork> {
        Subscription(EmergencyAttended.self) { [work] unit, message in
            guard let number = message.envelope.subject else {
                return .park(FailureReason(.schema, "no ticket number", place: "subject"))
            }
            return try work.attended(message.payload, of: number, at: message.envelope.time, in: unit)
        }
    }

    /// A department says what it put right (整改答复; W20). The complaint may have ended long ago.
    private var rectification: Subscription<UnitOfWork> {
        Subscription(RectificationAnswered.self) { [work] unit, message in
            guard let number = message.envelope.subject else {
                return .park(FailureReason(.schema, "no ticket number", place: "subject"))
            }
            return try work.rectified(message.payload, of: number, at: message.envelope.time, in: unit)
        }
    }
}
