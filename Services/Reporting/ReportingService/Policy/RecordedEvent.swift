import Contracts
import Foundation
import Messaging

/// An event as it stands in a ticket's course.
struct RecordedEvent: Hashable, Sendable {
    var envelope: Envelope
    var event: TicketEvent

    var place: CoursePlace { CoursePlace(envelope) }
}

/// Where an event stands in a ticket's course: by the millisecond at its source, then by who says it, then by the order in
/// which the source said it. The id only keeps the order the same whichever way the events arrive.
struct CoursePlace: Hashable, Sendable, Comparable {
    /// Which of several services comes first within a millisecond. Routing goes by the same: what others say at the moment
    /// at which it starts a clock (时限) came before it, and what happens at the moment of the end still belongs to the
    /// complaint.
    enum Rank: Int, Sendable, Comparable {
        case others, routing, withdrawal, merger, closing
        /// What Reporting itself says of a complaint that has ended.
        case reporting

        init(_ type: MessageType) {
            self =
                switch type {
                case ComplaintWithdrawn.type: .withdrawal
                case ComplaintMerged.type: .merger
                case ComplaintClosed.type: .closing
                default: Self.ranks[type] ?? .others
                }
        }

        private static let ranks: [MessageType: Rank] = {
            let said = [(MessageFlow.said(by: .routing), Rank.routing), (MessageFlow.said(by: .reporting), .reporting)]
            let types = said.flatMap { types, rank in types.map { ($0, rank) } }
            // Clocks are watched by Routing.
            return Dictionary(types) { first, _ in first }
        }()

        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    var time: Date
    var rank: Rank
    var sequence: Int
    var id: UUID

    static func < (left: CoursePlace, right: CoursePlace) -> Bool {
        (left.millisecond, left.rank, left.sequence, left.id.uuidString)
            < (right.millisecond, right.rank, right.sequence, right.id.uuidString)
    }

    /// An instant from the store and the same one from a message may differ in their last binary digit.
    private var millisecond: Date { RFC3339.toMillisecond(time) }
}

extension CoursePlace {
    init(_ envelope: Envelope) {
        self.init(
            time: envelope.time, rank: Rank(envelope.type), sequence: envelope.ticketSequence, id: envelope.id)
    }
}
