import Contracts
import Foundation

/// An event as it stands in a ticket's course.
struct RecordedEvent: Hashable, Sendable {
    var envelope: Envelope
    var event: TicketEvent

    var place: CoursePlace { CoursePlace(time: envelope.time, sequence: envelope.ticketSequence, id: envelope.id) }
}

/// Where an event stands in a ticket's course: by the time at its source, then by the order in which the source said it.
/// The id only keeps the order the same whichever way the events arrive.
struct CoursePlace: Hashable, Sendable, Comparable {
    var time: Date
    var sequence: Int
    var id: UUID

    static func < (left: CoursePlace, right: CoursePlace) -> Bool {
        (left.time, left.sequence, left.id.uuidString) < (right.time, right.sequence, right.id.uuidString)
    }
}
