import Contracts
import Foundation
import Hummingbird
import Web

/// The pages and the API of one department, all under `/departments/<its id>/`.
package struct DepartmentDesk: Sendable {
    let department: DepartmentID
    let title: LocalizedText
    let store: DepartmentStore

    package init(department: DepartmentID, title: LocalizedText, store: DepartmentStore) {
        self.department = department
        self.title = title
        self.store = store
    }

    /// Who may look, and who may act; `WorkAction.roles` says who may do what.
    static let readers: Set<Role> = [.handler, .head, .supervisor, .manager]

    var home: String { "/departments/\(department)/" }
    func address(_ number: TicketNumber) -> String { "\(home)cases/\(number)" }

    package func addRoutes(to routes: Router<WebContext>) {
        let desk = routes.staff(RouterPath("/departments/\(department)"), roles: Self.readers)
            .add(middleware: DepartmentGate(department: department, store: store))
        desk.get { _, context in try await WorkListView(desk: self, context: context).response() }
        desk.get("cases/{number}") { _, context in
            try await CaseView(desk: self, context: context, file: try await file(context)).response()
        }
        desk.get("api/cases") { _, context in try await listAnswer(context) }
        desk.get("api/cases/{number}") { _, context in
            try context.json(
                CaseAnswer(try await file(context), for: visitor(context)))
        }
        for action in WorkAction.allCases { addRoutes(for: action, to: desk) }
        // Who comes for a case that names them has nothing to do with emergencies, rectification notices and cases to learn
        // from.
        let insiders = desk.group().add(middleware: InsiderGate(department: department))
        EmergencyPages(desk: self).add(to: insiders)
        RectificationPages(desk: self).add(to: insiders)
        LessonPages(desk: self).add(to: insiders)
    }

    private func addRoutes(for action: WorkAction, to desk: RouterGroup<SignedInContext>) {
        desk.post(RouterPath("api/cases/{number}/\(action.rawValue)")) { request, context in
            try require(action, context)
            var fields = try await context.fields(of: request)
            try await perform(action, &fields, context)
            return try context.json(
                CaseAnswer(try await file(context), for: visitor(context)))
        }
        desk.post(RouterPath("cases/{number}/\(action.rawValue)")) { request, context in
            try require(action, context)
            var fields = try await context.fields(of: request)
            do {
                try await perform(action, &fields, context)
            } catch let problem as Problem where [.unprocessableContent, .conflict].contains(problem.status) {
                // What was typed is shown again, with what is wrong about it.
                let view = CaseView(desk: self, context: context, file: try await file(context))
                return try await view.response(refused: RefusedForm(action: action, fields: fields, problem: problem))
            }
            return context.redirect(
                to: address(try context.ticketNumber()), flash: Phrase("department.done.\(action.key)"))
        }
    }

    /// Reads a command, carries it out, and turns what stands in its way into a problem.
    private func perform(_ action: WorkAction, _ fields: inout Fields, _ context: SignedInContext) async throws {
        let order = try await file(context).order
        let reading = CommandReading(
            now: context.now, heardAt: order.assignment.complaint.heardAt,
            timeZone: context.site.settings.timeZone, by: context.identity.name, isHead: visitor(context).isHead,
            standsIn: visitor(context).standsIn)
        let command = try reading.command(action, &fields)
        do {
            _ = try await store.perform(command, on: order.number, by: context.identity.actor)
        } catch let rejection as Rejection {
            throw rejection.problem(context, order.assignment)
        } catch is UnknownCase {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
    }

    private func file(_ context: SignedInContext) async throws -> CaseFile {
        let number = try context.ticketNumber()
        if !visitor(context).isInsider {
            guard try await store.names(context.identity.name, in: number) else { throw refusal(context) }
        }
        guard try await store.isSeen(number, by: context.identity.viewer), let file = try await store.file(number)
        else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        return file
    }

    func visitor(_ context: SignedInContext) -> Visitor { visitor(for: context.identity) }

    func visitor(for identity: Identity) -> Visitor { Visitor(identity: identity, department: department) }

    /// Who may do it by their role. Approving and taking part go by the name that the case gives, which the decision
    /// checks; only who heads a department or stands above it, or is named, gets there.
    private func require(_ action: WorkAction, _ context: SignedInContext) throws(Problem) {
        guard visitor(context).isInsider || action.goesByName else { throw refusal(context) }
        guard context.identity.has(any: action.roles) else {
            context.logger.warning("Refused: the role is missing", metadata: ["user": "\(context.identity.name)"])
            throw .forbidden(Phrase("problem.forbidden.role"))
        }
    }

    private func refusal(_ context: SignedInContext) -> Problem { DepartmentGate.refusal(context) }

    private func listAnswer(_ context: SignedInContext) async throws -> Response {
        let visitor = visitor(context)
        let page = try await store.list(try WorkListQuery(context, visitor))
        let counts = visitor.isInsider ? try await store.counts(seenBy: context.identity.viewer) : [:]
        return try context.json(
            CaseListAnswer(
                cases: page.rows.map(CaseSummary.init), next: page.next?.text,
                counts: counts.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }))
    }
}

/// Lets through who works in this department, is bound to none, or is named by one of its cases; and management of other
/// departments, who see the list of those that name them, be it empty.
struct DepartmentGate: RouterMiddleware {
    let department: DepartmentID
    let store: DepartmentStore

    func handle(
        _ request: Request, context: SignedInContext, next: (Request, SignedInContext) async throws -> Response
    ) async throws -> Response {
        if !context.identity.belongs(to: department.text), !context.identity.has(any: [.manager]) {
            guard try await store.names(context.identity.name) else { throw Self.refusal(context) }
        }
        return try await next(request, context)
    }
}

/// Lets through who works in this department, or is bound to none.
struct InsiderGate: RouterMiddleware {
    let department: DepartmentID

    func handle(
        _ request: Request, context: SignedInContext, next: (Request, SignedInContext) async throws -> Response
    ) async throws -> Response {
        guard context.identity.belongs(to: department.text) else { throw DepartmentGate.refusal(context) }
        return try await next(request, context)
    }
}

extension DepartmentGate {
    static func refusal(_ context: SignedInContext) -> Problem {
        context.logger.warning("Refused: of another department", metadata: ["user": "\(context.identity.name)"])
        return .forbidden(Phrase("department.forbidden"))
    }
}

extension WorkAction {
    /// True for what is somebody's by name, wherever they work.
    var goesByName: Bool { self == .approval || self == .participation }

    /// Who may do it. A head does what a handler does; approving is not a handler's.
    var roles: Set<Role> {
        switch self {
        case .approval, .participation: [.head, .manager]
        case .acknowledgement, .plan, .evidence, .investigation, .solution, .opinion, .completion, .implementation,
            .opinionRequest, .progress, .informationRequest, .giveBack:
            [.handler, .head]
        }
    }

    /// The last word of its keys in the translations.
    var key: String {
        switch self {
        case .opinionRequest: "opinionRequest"
        case .informationRequest: "informationRequest"
        case .giveBack: "giveBack"
        case .acknowledgement, .participation, .plan, .evidence, .investigation, .solution, .approval, .opinion,
            .completion, .implementation, .progress:
            rawValue
        }
    }
}
