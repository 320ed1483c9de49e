import Contracts

/// Who says what, and who listens to what: the whole conversation of the services in one place.
///
/// The topology that is applied before any service has ever run is made from it, so that a message published while its
/// listener is still being installed waits in that listener's queue. The rights of each service on the broker are made
/// from it too. A service's own list of subscriptions is compared with it by a test.
package enum MessageFlow {
    /// What each kind of service publishes.
    package static func said(by service: ServiceKind) -> [MessageType] {
        let events: [any Event.Type] =
            switch service {
            case .intake:
                [ComplaintReceived.self, ComplaintSupplemented.self, ComplaintChased.self, ComplaintWithdrawn.self]
            case .routing:
                [
                    ComplaintRejected.self, ComplaintAccepted.self, ComplaintAnswered.self, ComplaintMerged.self,
                    ComplaintGrouped.self, CaseAssigned.self, CaseUrged.self, CaseEscalated.self, CaseCancelled.self,
                    EmergencyCalled.self, DeadlineMoved.self, PolicyAdopted.self,
                    DutyFulfilled.self, PartOrdered.self, PartArrived.self,
                    RectificationOrdered.self, RectificationReturned.self, RectificationClosed.self,
                ]
            case .department:
                [
                    CaseAcknowledged.self, CaseReturned.self, CaseInvestigated.self, CaseProgressed.self,
                    OpinionRequested.self, OpinionGiven.self, CaseJoined.self, SolutionDrafted.self,
                    SolutionEndorsed.self, SolutionApproved.self, SolutionRefused.self, SolutionProposed.self,
                    InformationRequested.self, SolutionCompleted.self, SolutionImplemented.self,
                    EmergencyAttended.self, RectificationAnswered.self, CaseRead.self,
                ]
            case .callback:
                [
                    ExplanationAccepted.self, ExplanationDisputed.self, InformationProvided.self,
                    SolutionPresented.self, SolutionAccepted.self, SolutionDeclined.self, SolutionDisputed.self,
                    SolutionExpired.self, SolutionRuled.self, CustomerInformed.self, CustomerUnreachable.self,
                    CallbackCompleted.self, CustomerSoothed.self, ReworkOrdered.self, ComplaintClosed.self,
                ]
            case .reporting:
                [CaseNominated.self, CasePublished.self, CaseDistributed.self, MeasureAssigned.self]
            case .operations:
                []
            }
        let keepsLedgers = [.intake, .routing, .callback].contains(service)
        return events.map { $0.type } + clocks + (keepsLedgers ? [LedgerCounted.type] : [])
    }

    /// What every service says: that a clock of its own runs out.
    private static let clocks = [DeadlineApproaching.type, DeadlineMissed.type]

    /// True when a service of this kind says messages of this type.
    package static func mayCome(_ type: MessageType, from source: String) -> Bool {
        guard let speaker = Speaker(source: source) else { return false }
        return speakers[type]?.contains(speaker.kind) ?? true
    }

    private static let speakers: [MessageType: Set<ServiceKind>] = {
        var speakers: [MessageType: Set<ServiceKind>] = [:]
        for kind in ServiceKind.allCases { for type in said(by: kind) { speakers[type, default: []].insert(kind) } }
        return speakers
    }()

    /// What each kind of service listens to. A department hears what is for it alone.
    package static func heard(by service: ServiceKind) -> [MessageType] {
        switch service {
        case .intake: []
        case .routing:
            [
                ComplaintReceived.type, ComplaintSupplemented.type, ComplaintChased.type, ComplaintWithdrawn.type,
                CaseAcknowledged.type, CaseReturned.type, CaseInvestigated.type, CaseProgressed.type,
                InformationRequested.type, SolutionDrafted.type, SolutionApproved.type, SolutionRefused.type,
                SolutionProposed.type, SolutionCompleted.type, SolutionImplemented.type, ExplanationAccepted.type,
                ExplanationDisputed.type,
                InformationProvided.type, SolutionPresented.type, SolutionAccepted.type, SolutionDeclined.type,
                SolutionDisputed.type, SolutionExpired.type, SolutionRuled.type, CustomerUnreachable.type,
                CallbackCompleted.type, ReworkOrdered.type, ComplaintClosed.type, EmergencyAttended.type,
                RectificationAnswered.type,
            ]
        case .department:
            [
                CaseAssigned.type, CaseCancelled.type, CaseUrged.type, CaseEscalated.type, OpinionRequested.type,
                OpinionGiven.type, CaseJoined.type, SolutionAccepted.type, SolutionDeclined.type,
                SolutionDisputed.type, SolutionRuled.type, InformationProvided.type, ReworkOrdered.type,
                ComplaintClosed.type, EmergencyCalled.type, ComplaintGrouped.type, DeadlineMoved.type,
                RectificationOrdered.type, RectificationReturned.type, RectificationClosed.type,
                CaseDistributed.type,
            ]
        case .callback:
            [
                ComplaintReceived.type, ComplaintSupplemented.type, ComplaintChased.type, ComplaintWithdrawn.type,
                ComplaintAccepted.type, ComplaintRejected.type, ComplaintAnswered.type, ComplaintMerged.type,
                ComplaintGrouped.type, CaseAssigned.type, CaseAcknowledged.type, CaseReturned.type,
                CaseInvestigated.type,
                CaseProgressed.type, InformationRequested.type, SolutionDrafted.type, SolutionApproved.type,
                SolutionRefused.type, SolutionProposed.type, SolutionImplemented.type, PolicyAdopted.type,
            ]
        case .reporting:
            MessageCatalogue.all.map { $0.type }
        case .operations:
            [LedgerCounted.type]
        }
    }

    /// The keys with which a consumer's work queue is bound to the events.
    /// - Parameter department: for a department's worker, which.
    package static func bindingKeys(of service: ServiceKind, department: DepartmentID? = nil) -> [String] {
        heard(by: service).map { "\($0.noun).\($0.verb).\(department?.text ?? "*")" }
    }
}

/// The kinds of services; each has an executable of its own.
package enum ServiceKind: String, Sendable, Hashable, Codable, CaseIterable {
    case intake, routing, department, callback, reporting, operations
}

extension RedressTopology {
    /// Everything that the whole system declares, for the departments of one policy pack.
    package static func everything(departments: [DepartmentID], tiers: RetryTiers = .standard) -> Topology {
        let central: [(ConsumerName, ServiceKind)] = [
            (.routing, .routing), (.callback, .callback), (.reporting, .reporting), (.operations, .operations),
        ]
        let services = central.map { name, kind in
            consumer(name, bindingKeys: MessageFlow.bindingKeys(of: kind), tiers: tiers)
        }
        let workers = departments.map { id in
            consumer(
                .department(id), bindingKeys: MessageFlow.bindingKeys(of: .department, department: id), tiers: tiers)
        }
        return (services + workers).reduce(foundation) { $0.merging($1) }
    }
}
