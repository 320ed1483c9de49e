import Contracts
import Foundation
import Web

extension Problem {
    /// What a person is told about a rejection.
    /// - Parameter time: puts an instant into words.
    init(_ rejection: Rejection, time: (Date) -> String) {
        switch rejection {
        case .ended(let standing): self = .conflict(Phrase("callback.refused.ended.\(standing.rawValue)"))
        case .premature, .notAllowed: self = .conflict(Phrase("callback.refused.notAllowed"))
        case .noExplanation: self = .conflict(Phrase("callback.refused.noExplanation"))
        case .staleProposal(_?): self = .conflict(Phrase("callback.refused.stale"))
        case .staleProposal(nil): self = .conflict(Phrase("callback.refused.noProposal"))
        case .unknownProposal: self = .notFound(Phrase("callback.refused.noVersion"))
        case .expired: self = .conflict(Phrase("callback.refused.expired"))
        case .noRulingDue: self = .conflict(Phrase("callback.refused.noRulingDue"))
        case .ruledOtherwise: self = .conflict(Phrase("callback.refused.ruledOtherwise"))
        case .callTooEarly(let instant):
            self = .conflict(Phrase("callback.refused.tooEarly", ["time": time(instant)]))
        case .notSoothed: self = .conflict(Phrase("callback.refused.notSoothed"))
        case .nobodyToSoothe: self = .conflict(Phrase("callback.refused.nobodyToSoothe"))
        case .answeredOtherwise: self = .conflict(Phrase("callback.refused.answeredOtherwise"))
        case .noCallbackDue: self = .conflict(Phrase("callback.refused.noCallbackDue"))
        case .callRecorded(let call):
            self = .conflict(Phrase("callback.refused.callRecorded", ["call": String(call)]))
        case .callOutOfTurn(let next):
            let phrase = Phrase("callback.refused.callOutOfTurn", ["call": String(next)])
            self = .invalid([FieldProblem(pointer: "/call", phrase: phrase)])
        case .handlerMayNotCall(let name): self = .forbidden(Phrase("callback.refused.handler", ["name": name]))
        case .noInformationRequest: self = .notFound(Phrase("callback.refused.noQuestion"))
        case .objectionRequired:
            self = .invalid([FieldProblem(pointer: "/comment", phrase: Phrase("callback.refused.objection"))])
        }
    }

    /// Does what was asked for, and turns what stands against it into a problem.
    static func translating<Value>(
        _ context: some PageContext, _ work: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch let rejection as Rejection {
            throw Problem(rejection) { context.timeText($0) }
        } catch is UnknownComplaint {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
    }
}
