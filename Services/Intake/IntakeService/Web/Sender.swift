import Contracts
import Procedure
import Web

/// Who sends a complaint, and what they may say. Somebody unknown says what the public forms ask for, and nothing that only
/// the desk can know: who is affected, what is marked, what was settled. What is sent beyond that is refused by name, so
/// that nobody believes to have said what nobody read.
enum Sender {
    /// A member of the staff, who takes it down.
    case desk
    /// Whoever fills in the public form, or does the same with a program.
    case anybody

    init(recordedBy name: String?) { self = name == nil ? .anybody : .desk }

    private static let everybodys: Set<String> = [
        "key", "channel", "kind", "heardAt", "language", "reason", "narrative", "request", "amount", "flags",
        "concerned", "about.product", "about.orderNumber", "complainant.name", "complainant.phone",
        "complainant.email", "evidence.name", "evidence.mediaType", "evidence.content",
    ]

    private static let desks: Set<String> = [
        "complainant.address", "affected", "confirmed", "settledOutcome", "settledCompensation", "upstreamNumber",
    ]

    /// What the sender may say that it is.
    var kinds: [ComplaintKind] {
        switch self {
        case .desk: ComplaintKind.allCases
        case .anybody: [.complaint, .enquiry, .suggestion]
        }
    }

    /// Notes every field that nobody reads, and every one that is the desk's to fill in.
    func refuseOthers(_ fields: inout Fields) {
        fields.refuseOthers(than: Self.everybodys.union(Self.desks))
        guard self == .anybody else { return }
        for name in Self.desks.sorted() where fields.says(name) { fields.refuse(name, "intake.wrong.deskOnly") }
    }
}

extension PolicyPack {
    /// The channels by which somebody may write themselves, by their ids: what is spoken is taken down at the desk, and work
    /// orders come from those who give them.
    var writtenChannels: Set<String> {
        Set(channels.filter { !$0.verbatim && !$0.readBack && upstream(channel: $0.id) == nil }.map(\.id))
    }

    /// What the desk can mark: what every procedure may ask about, and what this one asks about besides.
    var offeredMarkers: [String] {
        let usual = ComplaintForm.flags
        return usual + markers.subtracting(usual).subtracting(SpecialCourses.ownMarkers).sorted()
    }
}
