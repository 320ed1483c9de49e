import Contracts
import Web

extension Problem {
    /// What a person is told about an order that the desk refused.
    init(_ refusal: DeskRefusal) {
        switch refusal {
        case .unknownComplaint: self = .notFound(Phrase("problem.notFound.ticket"))
        case .unknownSurvivor:
            self = .invalid([FieldProblem(pointer: "/into", phrase: Phrase("routing.refused.unknownSurvivor"))])
        case .survivorEnded:
            self = .invalid([FieldProblem(pointer: "/into", phrase: Phrase("routing.refused.survivorEnded"))])
        case .survivorOfAnotherCustomer:
            let phrase = Phrase("routing.refused.survivorOfAnotherCustomer")
            self = .invalid([FieldProblem(pointer: "/into", phrase: phrase)])
        case .unknownMember(let number):
            let phrase = Phrase("routing.refused.unknownMember", ["number": number.text])
            self = .invalid([FieldProblem(pointer: "/members", phrase: phrase)])
        case .reportUnwritten: self = .conflict(Phrase("routing.refused.reportUnwritten"))
        case .dutyAnswered: self = .conflict(Phrase("routing.refused.dutyAnswered"))
        case .dutyOver: self = .conflict(Phrase("routing.refused.dutyOver"))
        case .unknownDuty: self = .notFound()
        case .noOpenWarning: self = .conflict(Phrase("routing.refused.noOpenWarning"))
        case .protectedReport(let department):
            let phrase = Phrase("routing.refused.protectedReport", titles: ["department": department])
            self = .invalid([FieldProblem(pointer: "/department", phrase: phrase)])
        case .noPartsCase: self = .conflict(Phrase("routing.refused.noPartsCase"))
        case .notAllowed(let rejection, _): self.init(rejection)
        }
    }

    /// Why complaints cannot be handled together.
    init(_ rejection: GroupRules.Rejection) {
        let (key, number): (String, TicketNumber?) =
            switch rejection {
            case .notOpen(let number): ("notOpen", number)
            case .inAnotherGroup(let number): ("inAnotherGroup", number)
            case .notAComplaint(let number): ("notAComplaint", number)
            case .alone: ("alone", nil)
            }
        let phrase = Phrase("routing.refused.group.\(key)", number.map { ["number": $0.text] } ?? [:])
        self = .invalid([FieldProblem(pointer: "/members", phrase: phrase)])
    }

    private init(_ rejection: RoutingRejection) {
        switch rejection {
        case .leadAssists:
            self = .invalid([FieldProblem(pointer: "/assisting", phrase: Phrase("routing.refused.leadAssists"))])
        case .mergeIntoItself:
            self = .invalid([FieldProblem(pointer: "/into", phrase: Phrase("routing.refused.mergeIntoItself"))])
        case .needsSupervisor: self = .forbidden(Phrase("routing.refused.needsSupervisor"))
        case .notAwaitingJudgement: self = .conflict(Phrase("routing.refused.notAwaitingJudgement"))
        case .notAssignable: self = .conflict(Phrase("routing.refused.notAssignable"))
        case .withCustomer: self = .conflict(Phrase("routing.refused.withCustomer"))
        case .alreadyAssigned: self = .conflict(Phrase("routing.refused.alreadyAssigned"))
        case .nobodyToUrge: self = .conflict(Phrase("routing.refused.nobodyToUrge"))
        case .ended: self = .conflict(Phrase("routing.refused.ended"))
        case .premature, .impossibleVersion, .returnOfRuling, .neverAssigned: self = .conflict()
        }
    }

    /// Does what was ordered, and turns what stands against it into a problem.
    static func translating<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let refusal as DeskRefusal {
            throw Problem(refusal)
        } catch let rejection as GroupRules.Rejection {
            throw Problem(rejection)
        }
    }
}
