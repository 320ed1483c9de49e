import Foundation

/// Every message that exists, in the order of a complaint's life. A type that is not here is parked by whoever gets it.
public enum MessageCatalogue {
    public static let all: [any Event.Type] = [
        ComplaintReceived.self,
        ComplaintSupplemented.self,
        ComplaintChased.self,
        ComplaintWithdrawn.self,
        ComplaintRejected.self,
        ComplaintAccepted.self,
        ComplaintAnswered.self,
        ComplaintMerged.self,
        ComplaintGrouped.self,
        EmergencyCalled.self,
        EmergencyAttended.self,
        CaseAssigned.self,
        CaseUrged.self,
        CaseEscalated.self,
        CaseCancelled.self,
        CaseAcknowledged.self,
        CaseReturned.self,
        CaseInvestigated.self,
        CaseProgressed.self,
        OpinionRequested.self,
        OpinionGiven.self,
        CaseJoined.self,
        SolutionDrafted.self,
        SolutionEndorsed.self,
        SolutionApproved.self,
        SolutionRefused.self,
        SolutionProposed.self,
        SolutionPresented.self,
        InformationRequested.self,
        SolutionCompleted.self,
        SolutionImplemented.self,
        ExplanationAccepted.self,
        ExplanationDisputed.self,
        InformationProvided.self,
        SolutionAccepted.self,
        SolutionDeclined.self,
        SolutionDisputed.self,
        SolutionExpired.self,
        SolutionRuled.self,
        CustomerInformed.self,
        CustomerUnreachable.self,
        CallbackCompleted.self,
        CustomerSoothed.self,
        ReworkOrdered.self,
        ComplaintClosed.self,
        CaseNominated.self,
        CasePublished.self,
        MeasureAssigned.self,
        RectificationOrdered.self,
        DeadlineApproaching.self,
        DeadlineMissed.self,
        DeadlineMoved.self,
        LedgerCounted.self,
        PolicyAdopted.self,
    ]

    /// The payload type for a message type; absent for an unknown noun, verb or version.
    public static func payload(for type: MessageType) -> (any Event.Type)? { byType[type] }

    private static let byType: [MessageType: any Event.Type] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.type, $0) })
}
