import Contracts
import Foundation
import Procedure

/// A story that a rehearsal (排练) plays: complaints as they would be handled under one policy pack, step by step, told by
/// who does what over the public HTTP API and when. The complaints are played one after the other.
struct RehearsalStory: Sendable {
    /// As it was named when it was read, for messages.
    var file: String
    var title: LocalizedText
    /// The pack under which it is played.
    var pack: PolicyPack
    /// What the clock says when the services start.
    var starts: Date
    var complaints: [StoryComplaint]
}

/// One complaint of a story.
struct StoryComplaint: Sendable {
    var id: String
    var title: LocalizedText
    var steps: [StoryStep]
    var ending: StoryEnding
}

/// Something that is done, or waited for.
struct StoryStep: Sendable {
    enum Kind: Sendable {
        case act(StoryAct)
        case wait(StoryWait)
    }

    /// Where it stands in the file, for messages.
    var line: Int
    /// How long everybody waits before, by the pack's calendar; the clock runs fast meanwhile.
    var after: Allowance?
    var kind: Kind
    /// Events (`noun.verb`) that the ticket must show after it, beyond those expected before.
    var expects: [String]
}

/// What one person does.
struct StoryAct: Sendable {
    /// A role, a sign-in name of the pack, or `customer`.
    var who: String
    var action: StoryAction
    /// The department whose page it is done on; for actions of departments alone.
    var department: DepartmentID?
    /// The rule by which something is owed to others, such as `raising.support`, and to whom; for `fulfilment` alone.
    var duty: String?
    var recipient: String?
    /// The request's fields, with placeholders such as `${in 3 working days}`.
    var fields: [String: JSONTree]
}

/// What everybody waits for.
enum StoryWait: Hashable, Sendable {
    /// Until a running clock of the pack has run out.
    case missed(String)
    /// Until the ticket shows an event that nobody's step brings about, such as an expired proposal; within so much time.
    case event(String, within: Allowance)
}

/// How a complaint has to end, or the rehearsal has failed.
struct StoryEnding: Hashable, Sendable {
    /// Where it stands in the file, for messages.
    var line: Int
    var outcome: ClosingOutcome
    /// Steps of the document, by their numbers, at which something must have happened.
    var steps: [String]
}

extension RehearsalStory {
    static let customer = "customer"

    /// What somebody of the story is called, by the pack.
    func title(ofPerson name: String) -> LocalizedText {
        if name == Self.customer { return LocalizedText(zhHans: "客户", en: "customer") }
        return pack.people[name] ?? LocalizedText(zhHans: name, en: name)
    }
}
