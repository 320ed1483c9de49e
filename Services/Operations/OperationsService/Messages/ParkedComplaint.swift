import Contracts
import Foundation
import Messaging

/// The complaint that a parked `complaint.received` stands for: Intake gave it a number and Routing has not heard of it.
/// It counts as parked in the reconciliation.
struct ParkedComplaint: Hashable, Sendable {
    /// `yyyyMMdd`
    let day: String
    let channel: String

    static let unknownChannel = "?"

    /// Absent when the letter is something else. The body may be damaged, so it is read as far as it can be.
    init?(_ parked: ParkedMessage) {
        guard parked.consumer.workQueue.hasPrefix(ConsumerName.routing.workQueue),
            let type = MessageType(name: parked.type), type.noun == ComplaintReceived.type.noun,
            type.verb == ComplaintReceived.type.verb, let number = TicketNumber(parked.subject)
        else { return nil }
        day = number.day
        channel =
            (try? JSONDecoder().decode(Glimpse.self, from: parked.message.body))?.complaint.channel
            ?? Self.unknownChannel
    }

    /// The one field that is needed of the body.
    private struct Glimpse: Decodable {
        struct Heard: Decodable { let channel: String }
        let complaint: Heard
    }
}
