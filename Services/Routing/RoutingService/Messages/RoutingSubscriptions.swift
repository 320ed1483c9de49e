import Contracts
import Foundation
import Messaging
import Persistence
import Procedure

/// Everything that Routing listens to, in the order of a complaint's life.
struct RoutingSubscriptions: Sendable {
    let work: CaseWork

    var list: [Subscription<UnitOfWork>] { intake + departments + solutions + callback + beside }

    private var intake: [Subscription<UnitOfWork>] {
        let registration = Registration(work: work)
        return [
            Subscription(ComplaintReceived.self) { unit, message in try registration.register(message, in: unit) },
            on(ComplaintSupplemented.self) { message in
                Happening(message, .supplemented, by: message.payload.by, detail: message.payload.narrative)
            } prepare: { record, payload, _ in
                // What is added later belongs to the record that the next department gets.
                record.complaint.narrative += "\n\n" + payload.narrative
                record.complaint.evidence += payload.evidence
            },
            on(ComplaintChased.self) { message in
                Happening(message, .chased, by: message.payload.by, detail: message.payload.comment)
            },
            on(ComplaintWithdrawn.self) { message in
                Happening(message, .withdrawn, by: message.payload.by, detail: message.payload.reason)
            },
        ]
    }

    private var departments: [Subscription<UnitOfWork>] {
        [
            on(CaseAcknowledged.self) { message in
                let payload = message.payload
                return Happening(
                    message, .acknowledged(payload.department, assignment: payload.assignment), by: payload.by,
                    department: payload.department)
            },
            on(CaseReturned.self) { message in
                let payload = message.payload
                return Happening(
                    message, .returned(payload.department, assignment: payload.assignment), by: payload.by,
                    department: payload.department, detail: payload.reason)
            },
            on(CaseInvestigated.self) { message in
                let payload = message.payload
                return Happening(
                    message, .investigated(payload.department, round: payload.round), by: payload.by,
                    department: payload.department, detail: payload.findings)
            },
            on(CaseProgressed.self) { message in
                let payload = message.payload
                return Happening(
                    message, .progressed(payload.department), by: payload.by, department: payload.department,
                    detail: payload.note)
            },
            on(InformationRequested.self) { message in
                let payload = message.payload
                return Happening(
                    message, .informationRequested(payload.department), by: payload.by,
                    department: payload.department, detail: payload.question)
            } prepare: { record, payload, context in
                try context.work.waitForCustomer(record, payload, at: context.at, in: context.unit)
            },
        ]
    }

    private var solutions: [Subscription<UnitOfWork>] {
        [
            on(SolutionDrafted.self) { message in
                let payload = message.payload
                return Happening(
                    message, .drafted(payload.department, version: payload.solution.version),
                    by: .staff(payload.solution.draftedBy), department: payload.department, detail: payload.needs)
            } prepare: { record, payload, _ in
                record.file.highestNumber = max(record.file.highestNumber, payload.solution.shownNumber)
            },
            on(SolutionApproved.self) { message in
                let payload = message.payload
                return Happening(
                    message, .approved(payload.department, version: payload.version), by: payload.by,
                    department: payload.department)
            },
            on(SolutionRefused.self) { message in
                let payload = message.payload
                return Happening(
                    message, .refused(payload.department, version: payload.version), by: payload.by,
                    department: payload.department, detail: payload.reason)
            },
            on(SolutionProposed.self) { message in
                let payload = message.payload
                let event = RoutingEvent.proposed(
                    payload.department, version: payload.solution.version, round: payload.round)
                return Happening(
                    message, event, by: .staff(payload.solution.draftedBy), department: payload.department,
                    detail: payload.solution.measures)
            } prepare: { record, payload, _ in
                record.file.highestNumber = max(record.file.highestNumber, payload.solution.shownNumber)
                guard payload.solution.version == record.file.highestVersion else { return }
                record.compensation = payload.solution.compensation
            },
            on(SolutionCompleted.self) { message in
                let payload = message.payload
                let event = RoutingEvent.completed(
                    payload.department, version: payload.version, round: payload.round)
                var happening = Happening(message, event, by: payload.by, department: payload.department)
                // What counts from the end of the work counts from then, whenever it was said.
                happening.at = min(payload.completedAt, message.envelope.time)
                return happening
            },
            on(SolutionImplemented.self) { message in
                let payload = message.payload
                let event = RoutingEvent.implemented(
                    payload.department, version: payload.version, round: payload.round)
                return Happening(
                    message, event, by: payload.by, department: payload.department, detail: payload.outcome)
            },
        ]
    }

    private var callback: [Subscription<UnitOfWork>] {
        [
            on(ExplanationAccepted.self) { message in
                Happening(
                    message, .explanationAccepted(round: message.payload.round), by: message.payload.by,
                    detail: message.payload.comment)
            },
            on(ExplanationDisputed.self) { message in
                Happening(
                    message, .explanationDisputed(round: message.payload.round), by: message.payload.by,
                    detail: message.payload.comment)
            },
            on(InformationProvided.self) { message in
                let payload = message.payload
                return Happening(
                    message, .informationProvided(payload.department), by: payload.by,
                    department: payload.department, detail: payload.answer)
            } prepare: { record, payload, context in
                try context.work.goOn(record, payload, at: context.at, in: context.unit)
            },
            on(SolutionAccepted.self) { message in
                Happening(
                    message, .accepted(version: message.payload.version), by: message.payload.by,
                    detail: message.payload.comment)
            },
            on(SolutionDeclined.self) { message in
                Happening(
                    message, .declined(version: message.payload.version), by: message.payload.by,
                    detail: [message.payload.objection, message.payload.request].compactMap(\.self)
                        .joined(separator: "\n"))
            },
            on(SolutionPresented.self) { message in
                let payload = message.payload
                var happening = Happening(
                    message, .proposalNoted(version: payload.version), by: payload.by, detail: payload.note)
                // The customer was told before it was noted: that is when the clock of telling stops (S08).
                happening.at = min(payload.at, message.envelope.time)
                return happening
            },
            on(SolutionDisputed.self) { message in
                let payload = message.payload
                return Happening(
                    message, .proposalNoted(version: payload.version), by: payload.by, detail: payload.objection)
            },
            on(SolutionExpired.self) { message in
                let payload = message.payload
                var happening = Happening(
                    message, .proposalNoted(version: payload.version), by: payload.by,
                    detail: payload.because.text.zhHans)
                happening.words = payload.because.text
                return happening
            },
            on(SolutionRuled.self) { message in
                let payload = message.payload
                var happening = Happening(
                    message, .ruled(version: payload.version, payload.verdict), by: payload.by, detail: payload.reason)
                happening.tick = payload.verdict.tick
                return happening
            },
            on(CustomerUnreachable.self) { message in
                Happening(message, .unreachable, by: message.payload.by, detail: message.payload.comment)
            },
            on(CallbackCompleted.self) { message in
                var happening = Happening(
                    message, .calledBack, by: message.payload.by, detail: message.payload.comment)
                happening.opens = message.payload.soothes == true ? Clock.dissatisfied : nil
                return happening
            } prepare: { record, payload, _ in
                record.satisfaction = payload.satisfaction
            },
            on(ReworkOrdered.self) { message in
                let payload = message.payload
                return Happening(
                    message, .reworkOrdered(round: payload.round), by: payload.by, department: payload.department,
                    detail: payload.reason)
            } prepare: { record, payload, context in
                try context.work.raise(record, because: payload, at: context.at, in: context.unit)
            },
            on(ComplaintClosed.self) { message in
                Happening(
                    message, .closed(message.payload.outcome), by: message.payload.by,
                    department: message.payload.department)
            },
        ]
    }
}

/// What a subscription works with besides the record and the payload.
struct HandlingContext {
    let work: CaseWork
    let unit: UnitOfWork
    /// When the message's event happened.
    let at: Date
}

extension RoutingSubscriptions {
    /// A line of the list: a message about a complaint that must be known here already.
    private func on<Payload: Event>(
        _ type: Payload.Type, _ happening: @escaping @Sendable (Message<Payload>) -> Happening,
        prepare: @escaping @Sendable (inout ComplaintRecord, Payload, HandlingContext) throws -> Void = { _, _, _ in }
    ) -> Subscription<UnitOfWork> {
        Subscription(type) { [work] unit, message in
            guard let number = message.envelope.subject else {
                return .park(FailureReason(.schema, "no ticket number", place: "subject"))
            }
            guard let record = try ComplaintTable.find(number, in: unit.db) else {
                throw HandlingInterruption.unknownComplaint(number, place: "routing")
            }
            let context = HandlingContext(work: work, unit: unit, at: message.envelope.time)
            do {
                try work.apply(happening(message), to: record, because: message.envelope, in: unit) { record, _ in
                    try prepare(&record, message.payload, context)
                }
            } catch let rejection as RoutingRejection {
                throw rejection.interruption(of: Payload.type, in: record.state)
            }
            return .handled
        }
    }
}

extension RoutingRejection {
    /// What the rejection of a message means for its delivery.
    func interruption(of type: MessageType, in state: StateName) -> HandlingInterruption {
        if case .premature(let what) = self { return .premature(what, place: "routing") }
        return .rejected(
            "\(type.noun).\(type.verb) is not possible in state \(state.rawValue): \(self)", place: "routing")
    }
}

extension RulingVerdict {
    /// A solution that holds starts the clock of carrying out, one that does not that of a better one, as the customer's
    /// own answer would have.
    fileprivate var tick: String? {
        switch self {
        case .carryOut: "\(SolutionAccepted.type.noun).\(SolutionAccepted.type.verb)"
        case .revise: "\(SolutionDeclined.type.noun).\(SolutionDeclined.type.verb)"
        case .close: nil
        }
    }
}
