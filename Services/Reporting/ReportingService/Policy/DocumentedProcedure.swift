import Contracts
import Foundation
import Procedure

/// The packs as tickets and reports need them.
struct TicketPacks: Sendable {
    /// What ids are called: by the newest pack that has them, so that old tickets stay readable when a pack changes.
    var titles: @Sendable () -> Titles
    /// What a complaint was judged under tells its ticket; nil: what is in force.
    var procedure: @Sendable (PolicyStamp?) -> DocumentedProcedure
    /// The pack in force last, after the earlier versions of the same procedure.
    private var versions: @Sendable () -> [PolicyPack]

    init(_ shelf: PolicyShelf) {
        titles = { Titles(shelf.packs + [shelf.current]) }
        procedure = { DocumentedProcedure(shelf.pack($0)) }
        versions = {
            let current = shelf.current
            return shelf.packs.filter { $0.stamp.id == current.stamp.id && $0.stamp != current.stamp } + [current]
        }
    }

    /// One pack for everything, of which only its words and steps are known.
    init(titles: Titles, procedure: DocumentedProcedure) {
        self.titles = { titles }
        self.procedure = { _ in procedure }
        versions = { [] }
    }

    /// What complaints are judged by now.
    var current: PolicyPack? { versions().last }

    /// What a complaint was judged under; what is in force where that is not known.
    func pack(_ stamp: PolicyStamp?) -> PolicyPack? {
        versions().last { stamp == nil || $0.stamp == stamp } ?? current
    }

    /// The newest version that has something. When a new version gives up a register, such as the case library, what is
    /// kept in it can still be read by the terms under which it was kept.
    func newest(having part: (PolicyPack) -> Bool) -> PolicyPack? { versions().last(where: part) }
}

/// The procedure as its document tells it: which steps there are, and which events belong to each. Rules K16, S15.
struct DocumentedProcedure: Sendable {
    /// As the document calls itself.
    var document: LocalizedText?
    /// What it calls the form on which a complaint is kept (投诉处理单).
    var ticket: LocalizedText?
    var steps: [ProcedureStep] = []
    /// Where the procedure's days begin.
    var timeZone: TimeZone

    init(_ pack: PolicyPack) {
        (document, ticket) = (pack.document ?? pack.title, pack.ticket)
        (steps, timeZone) = (pack.steps, pack.timeZone)
    }

    init(document: LocalizedText? = nil, steps: [ProcedureStep] = [], timeZone: TimeZone) {
        (self.document, self.steps, self.timeZone) = (document, steps, timeZone)
    }

    /// Every step of the document in its order, with what happened at it. An event may belong to several steps.
    func course(of details: TicketDetails) -> [TakenStep] {
        let severity = details.summary.severity
        var taken = steps.map { TakenStep(step: $0, applies: $0.applies(to: severity), moments: []) }
        for moment in moments(of: details) {
            for index in places(of: moment, severity) { taken[index].moments.append(moment) }
        }
        return taken
    }

    /// What happened that the document has no step for, such as the warning of a clock, in the order of the course.
    func besides(of details: TicketDetails) -> [TakenStep.Moment] {
        moments(of: details).filter { $0.id != nil && places(of: $0, details.summary.severity).isEmpty }
    }

    /// The numbers of the steps that what happened belongs to.
    func numbers(of moment: TakenStep.Moment, _ severity: Severity?) -> [String] {
        places(of: moment, severity).map { steps[$0].number }
    }

    /// What happened stands where the document names its event; a clock that ran out, or what was owed to others, else
    /// stands where the document speaks of that clock or of that duty.
    private func places(of moment: TakenStep.Moment, _ severity: Severity?) -> [Int] {
        let open = steps.indices.filter { steps[$0].applies(to: severity) }
        let named = open.filter { steps[$0].events.contains(moment.event) }
        guard named.isEmpty, let place = moment.place else { return named }
        return open.filter { steps[$0].isAbout(place) }
    }

    private func moments(of details: TicketDetails) -> [TakenStep.Moment] {
        let heard = TakenStep.Moment(event: Clock.heard, at: details.summary.heardAt)
        return [heard] + details.course.compactMap(TakenStep.Moment.init) + archived(details)
    }

    /// A ticket is complete when the complaint has ended and the case that it was nominated for is written (S15).
    private func archived(_ details: TicketDetails) -> [TakenStep.Moment] {
        guard let endedAt = details.summary.endedAt else { return [] }
        let moments = details.summary.moments
        let (nominated, published) = (moments["case.nominated"], moments["case.published"])
        if nominated != nil, published == nil { return [] }
        return [TakenStep.Moment(event: ProcedureStep.archived, at: max(endedAt, published ?? endedAt))]
    }
}

/// A step of the document with what happened at it, in the order of the course.
struct TakenStep: Hashable, Sendable {
    struct Moment: Hashable, Sendable {
        /// `noun.verb`
        var event: String
        var at: Date
        /// The message; absent for what no message says.
        var id: UUID?
        /// The place of the pack that it is about, such as `clocks.solution` or `raising.support`.
        var place: String?
    }

    var step: ProcedureStep
    /// False for a step that a complaint of this severity does not take.
    var applies = true
    var moments: [Moment]
}

extension TakenStep.Moment {
    /// Absent for what only tells a department of its clocks.
    init?(_ row: EventRow) {
        // What this version cannot read any more is about nothing that it knows.
        let told = (try? row.recorded())?.event
        if told?.tellsOfClock == true { return nil }
        self.init(event: row.envelope.type.event, at: row.envelope.time, id: row.envelope.id, place: told?.place)
    }
}

extension TicketEvent {
    /// The clock that it is about, or the rule by which something was owed to others, as places of the pack.
    fileprivate var place: String? {
        switch self {
        case .deadlineApproaching(let event): Self.place(ofClock: event.deadline.clock)
        case .deadlineMissed(let event): Self.place(ofClock: event.deadline.clock)
        case .deadlineMoved(let event): Self.place(ofClock: event.deadline.clock)
        case .caseUrged(let event): event.clock.map(Self.place)
        case .caseEscalated(let event): event.clock.map(Self.place)
        case .dutyFulfilled(let event): event.rule
        default: nil
        }
    }

    /// The clock of a duty goes by the rule's place.
    private static func place(ofClock id: String) -> String { id.contains(".") ? id : "clocks.\(id)" }
}

extension MessageType {
    /// `case.assigned`
    var event: String { "\(noun).\(verb)" }
}
