import Contracts
import Foundation

/// What happened to a complaint: the event for the policy, with what the history keeps of it.
struct Happening: Sendable {
    var event: RoutingEvent
    /// `noun.verb` of the message that said so; nil for what is done at the desk, which becomes messages of Routing's own.
    var name: String?
    /// What clocks hear instead of `name`, when the event means the same to them as another.
    var tick: String?
    /// What else it is to clocks: it starts some, after `name` has stopped others.
    var opens: String?
    /// When it happened, by the clock of whoever said so.
    var at: Date
    var by: Actor
    var department: DepartmentID?
    /// The reason, comment or note, in somebody's own words.
    var detail: String?
    /// The same in both languages, where no person wrote it.
    var words: LocalizedText?

    /// What another service said.
    init<Payload: Event>(
        _ message: Message<Payload>, _ event: RoutingEvent, by: Actor, department: DepartmentID? = nil,
        detail: String? = nil
    ) {
        self.event = event
        name = "\(Payload.type.noun).\(Payload.type.verb)"
        at = message.envelope.time
        self.by = by
        self.department = department
        self.detail = detail
    }

    /// What a person does at the desk, or the pack in a person's stead.
    init(
        atDesk event: RoutingEvent, at: Date, by: Actor, detail: String? = nil, words: LocalizedText? = nil
    ) {
        self.event = event
        self.at = at
        self.by = by
        self.detail = detail
        self.words = words
    }
}

/// An event that clocks hear of, as `noun.verb`, with its time.
struct ClockTick: Hashable, Sendable {
    var event: String
    var at: Date
    /// True for what a message means besides what it says: the message itself, of the same moment, came before it.
    var isImplied = false
}
