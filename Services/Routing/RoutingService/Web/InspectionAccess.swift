import Contracts
import Procedure
import Web

/// Who may do what about inspections and rectification notices (W20): whoever the pack names inspects and orders; those who
/// watch over what is overdue read along.
extension RoutingWeb {
    /// Whoever is signed in gets to the door: the pack, and no role, says who is of the supervision group.
    static let anybody = Set(Role.allCases)

    /// - Throws: `Problem` with 404 where the pack has no supervision.
    var supervision: SupervisionTerms {
        get throws(Problem) {
            guard let terms = pack.supervision else { throw .notFound() }
            return terms
        }
    }

    func isInspector(_ context: SignedInContext) -> Bool {
        pack.supervision?.isInspector(context.identity.viewer) ?? false
    }

    /// - Throws: `Problem` with 403 for who neither inspects nor watches.
    @discardableResult
    func checkReadsInspections(_ context: SignedInContext) throws(Problem) -> SupervisionTerms {
        let terms = try supervision
        guard isInspector(context) || context.identity.has(any: Self.watchers) else {
            throw .forbidden(Phrase("routing.inspection.notOfTheGroup"))
        }
        return terms
    }

    /// - Throws: `Problem` with 403 for who is not of the supervision group.
    @discardableResult
    func checkInspects(_ context: SignedInContext) throws(Problem) -> SupervisionTerms {
        let terms = try supervision
        guard isInspector(context) else { throw .forbidden(Phrase("routing.inspection.notOfTheGroup")) }
        return terms
    }

    var inspections: InspectionDesk { InspectionDesk(store: store, work: desk.work) }
    var rectifications: RectificationDesk { RectificationDesk(store: store, work: desk.work) }
}

extension Problem {
    init(_ rejection: InspectionRejection) {
        switch rejection {
        case .notBegun:
            self = .invalid([FieldProblem(pointer: "/period", phrase: Phrase("routing.inspection.notBegun"))])
        case .nothingToDraw: self = .conflict(Phrase("routing.inspection.nothingToDraw"))
        case .drawnMeanwhile: self = .conflict(Phrase("routing.inspection.drawnMeanwhile"))
        case .unknownSample: self = .notFound()
        case .notDrawn:
            self = .invalid([FieldProblem(pointer: "/number", phrase: Phrase("routing.inspection.notDrawn"))])
        case .alreadyOrdered: self = .conflict(Phrase("routing.inspection.alreadyOrdered"))
        }
    }

    init(_ rejection: RectificationRejection) {
        switch rejection {
        case .unknownComplaint:
            self = .invalid([FieldProblem(pointer: "/number", phrase: Phrase("problem.notFound.ticket"))])
        case .noSuchFinding:
            self = .invalid([FieldProblem(pointer: "/sample", phrase: Phrase("routing.rectification.noSuchFinding"))])
        case .protectedReport(let department):
            let phrase = Phrase("routing.refused.protectedReport", titles: ["department": department])
            self = .invalid([FieldProblem(pointer: "/department", phrase: phrase)])
        case .unknownNotice: self = .notFound()
        case .ownAnswer: self = .forbidden(Phrase("routing.rectification.ownAnswer"))
        case .notAnswered: self = .conflict(Phrase("routing.rectification.notAnswered"))
        case .closed: self = .conflict(Phrase("routing.rectification.isClosed"))
        case .anotherDepartment, .premature: self = .conflict()
        }
    }

    /// Does what was asked about inspections, and turns what stands against it into a problem.
    static func translatingInspection<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let rejection as InspectionRejection {
            throw Problem(rejection)
        } catch let rejection as RectificationRejection {
            throw Problem(rejection)
        }
    }
}
