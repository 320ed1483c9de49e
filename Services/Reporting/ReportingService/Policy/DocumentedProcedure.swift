import Contracts
import Foundation
import Procedure

/// The packs as tickets and reports need them.
struct TicketPacks: Sendable {
    /// What ids are called: by the newest pack that has them, so that old tickets stay readable when a pack changes.
    var titles: @Sendable () -> Titles
    /// What a complaint was judged under tells its ticket; nil: what is in force.
    var procedure: @Sendable (PolicyStamp?) -> DocumentedProcedure

    init(_ shelf: PolicyShelf) {
        titles = { Titles(shelf.packs + [shelf.current]) }
        procedure = { DocumentedProcedure(shelf.pack($0)) }
    }

    /// One pack for everything.
    init(titles: Titles, procedure: DocumentedProcedure) {
        self.titles = { titles }
        self.procedure = { _ in procedure }
    }
}

/// The procedure as its document tells it: which steps there are, and which events belong to each. Rules K16, S15.
struct DocumentedProcedure: Sendable {
    /// As the document calls itself.
    var document: LocalizedText?
    var steps: [ProcedureStep] = []
    /// Where the procedure's days begin.
    var timeZone: TimeZone

    init(_ pack: PolicyPack) {
        (document, steps, timeZone) = (pack.document ?? pack.title, pack.steps, pack.timeZone)
    }

    init(document: LocalizedText? = nil, steps: [ProcedureStep] = [], timeZone: TimeZone) {
        (self.document, self.steps, self.timeZone) = (document, steps, timeZone)
    }

    /// Every step of the document in its order, with what happened at it. An event may belong to several steps.
    func course(of details: TicketDetails) -> [TakenStep] {
        let moments = moments(of: details)
        return steps.map { step in TakenStep(step: step, moments: moments.filter { step.events.contains($0.event) }) }
    }

    /// What happened that the document has no step for, such as the warning of a clock, in the order of the course.
    func besides(of details: TicketDetails) -> [TakenStep.Moment] {
        moments(of: details).filter { numbers(of: $0.event).isEmpty && $0.id != nil }
    }

    /// The numbers of the steps that an event (`noun.verb`) belongs to.
    func numbers(of event: String) -> [String] { steps.filter { $0.events.contains(event) }.map(\.number) }

    private func moments(of details: TicketDetails) -> [TakenStep.Moment] {
        let told = details.course.map { row in
            TakenStep.Moment(event: row.envelope.type.event, at: row.envelope.time, id: row.envelope.id)
        }
        let heard = TakenStep.Moment(event: Clock.heard, at: details.summary.heardAt)
        return [heard] + told + archived(details)
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
    }

    var step: ProcedureStep
    var moments: [Moment]
}

extension MessageType {
    /// `case.assigned`
    var event: String { "\(noun).\(verb)" }
}
