import Contracts
import Foundation

/// A message type together with the case of `TicketEvent` that carries it.
protocol TicketEventKind: Sendable {
    associatedtype Payload: Event
    var wrap: @Sendable (Payload) -> TicketEvent { get }
}

extension TicketEventKind {
    var type: MessageType { Payload.type }

    /// Reads a payload that was stored as JSON.
    func decode(_ payload: Data) throws -> TicketEvent { wrap(try ContractJSON.decode(Payload.self, from: payload)) }
}

/// One line of the table.
private struct Kind<Payload: Event>: TicketEventKind {
    let wrap: @Sendable (Payload) -> TicketEvent
}

private func kind<Payload: Event>(_ wrap: @escaping @Sendable (Payload) -> TicketEvent) -> any TicketEventKind {
    Kind(wrap: wrap)
}

extension TicketEvent {
    /// Every kind, in the order of a complaint's life.
    static let kinds: [any TicketEventKind] = [
        kind { .complaintReceived($0) },
        kind { .complaintSupplemented($0) },
        kind { .complaintChased($0) },
        kind { .complaintWithdrawn($0) },
        kind { .complaintRejected($0) },
        kind { .complaintAccepted($0) },
        kind { .complaintAnswered($0) },
        kind { .complaintMerged($0) },
        kind { .complaintGrouped($0) },
        kind { .emergencyCalled($0) },
        kind { .emergencyAttended($0) },
        kind { .caseAssigned($0) },
        kind { .caseUrged($0) },
        kind { .caseEscalated($0) },
        kind { .caseCancelled($0) },
        kind { .dutyFulfilled($0) },
        kind { .partOrdered($0) },
        kind { .partArrived($0) },
        kind { .caseAcknowledged($0) },
        kind { .caseReturned($0) },
        kind { .caseInvestigated($0) },
        kind { .caseProgressed($0) },
        kind { .opinionRequested($0) },
        kind { .opinionGiven($0) },
        kind { .caseJoined($0) },
        kind { .solutionDrafted($0) },
        kind { .solutionEndorsed($0) },
        kind { .solutionApproved($0) },
        kind { .solutionRefused($0) },
        kind { .solutionProposed($0) },
        kind { .solutionPresented($0) },
        kind { .informationRequested($0) },
        kind { .solutionCompleted($0) },
        kind { .solutionImplemented($0) },
        kind { .explanationAccepted($0) },
        kind { .explanationDisputed($0) },
        kind { .informationProvided($0) },
        kind { .solutionAccepted($0) },
        kind { .solutionDeclined($0) },
        kind { .solutionDisputed($0) },
        kind { .solutionExpired($0) },
        kind { .solutionRuled($0) },
        kind { .customerInformed($0) },
        kind { .customerUnreachable($0) },
        kind { .callbackCompleted($0) },
        kind { .customerSoothed($0) },
        kind { .reworkOrdered($0) },
        kind { .complaintClosed($0) },
        kind { .caseNominated($0) },
        kind { .casePublished($0) },
        kind { .caseDistributed($0) },
        kind { .caseRead($0) },
        kind { .measureAssigned($0) },
        kind { .rectificationOrdered($0) },
        kind { .rectificationAnswered($0) },
        kind { .rectificationReturned($0) },
        kind { .rectificationClosed($0) },
        kind { .deadlineApproaching($0) },
        kind { .deadlineMissed($0) },
        kind { .deadlineMoved($0) },
    ]

    /// Reads a stored event. Absent for a type that this version does not know any more.
    static func decode(_ type: MessageType, payload: Data) throws -> TicketEvent? {
        try byType[type]?.decode(payload)
    }

    private static let byType: [MessageType: any TicketEventKind] = Dictionary(
        uniqueKeysWithValues: kinds.map { ($0.type, $0) })
}
