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
            .add(middleware: DepartmentGate(department: department))
        desk.get { _, context in try await WorkListView(desk: self, context: context).response() }
        desk.get("cases/{number}") { _, context in
            try await CaseView(desk: self, context: context, file: try await file(context)).response()
        }
        desk.get("api/cases") { _, context in try await listAnswer(context) }
        desk.get("api/cases/{number}") { _, context in
            try context.json(CaseAnswer(try await file(context)))
        }
        for action in WorkAction.allCases { addRoutes(for: action, to: desk) }
    }

    private func addRoutes(for action: WorkAction, to desk: RouterGroup<SignedInContext>) {
        desk.post(RouterPath("api/cases/{number}/\(action.rawValue)")) { request, context in
            try context.requireRole(for: action)
            var fields = try await context.fields(of: request)
            try await perform(action, &fields, context)
            return try context.json(CaseAnswer(try await file(context)))
        }
        desk.post(RouterPath("cases/{number}/\(action.rawValue)")) { request, context in
            try context.requireRole(for: action)
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
        let number = try context.ticketNumber()
        let reading = CommandReading(now: context.now, timeZone: context.site.settings.timeZone)
        let command = try reading.command(action, &fields)
        do {
            _ = try await store.perform(command, on: number, by: context.identity.actor)
        } catch let rejection as Rejection {
            throw rejection.problem(context)
        } catch is UnknownCase {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
    }

    private func file(_ context: SignedInContext) async throws -> CaseFile {
        guard let file = try await store.file(try context.ticketNumber()) else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        return file
    }

    private func listAnswer(_ context: SignedInContext) async throws -> Response {
        let query = try WorkListQuery(context)
        let page = try await store.list(query)
        return try context.json(
            CaseListAnswer(
                cases: page.rows.map(CaseSummary.init), next: page.next?.text,
                counts: try await store.counts().reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }))
    }
}

/// Lets through who works in this department, or is bound to none.
struct DepartmentGate: RouterMiddleware {
    let department: DepartmentID

    func handle(
        _ request: Request, context: SignedInContext, next: (Request, SignedInContext) async throws -> Response
    ) async throws -> Response {
        guard context.identity.belongs(to: department.text) else {
            context.logger.warning(
                "Refused: of another department",
                metadata: ["user": "\(context.identity.name)", "path": "\(request.uri.path)"])
            throw Problem.forbidden(Phrase("department.forbidden"))
        }
        return try await next(request, context)
    }
}

extension WorkAction {
    /// Who may do it. A head does what a handler does; approving is not a handler's.
    var roles: Set<Role> {
        switch self {
        case .approval: [.head, .manager]
        case .acknowledgement, .investigation, .solution, .opinion, .implementation, .opinionRequest, .progress,
            .informationRequest, .giveBack:
            [.handler, .head]
        }
    }

    /// The last word of its keys in the translations.
    var key: String {
        switch self {
        case .opinionRequest: "opinionRequest"
        case .informationRequest: "informationRequest"
        case .giveBack: "giveBack"
        case .acknowledgement, .investigation, .solution, .approval, .opinion, .implementation, .progress: rawValue
        }
    }
}

extension SignedInContext {
    func requireRole(for action: WorkAction) throws(Problem) {
        guard identity.has(any: action.roles) else {
            logger.warning("Refused: the role is missing", metadata: ["user": "\(identity.name)"])
            throw .forbidden(Phrase("problem.forbidden.role"))
        }
    }
}

extension WorkListQuery {
    /// Reads the address's query. Pages show open work unless told otherwise; the API shows everything open too.
    /// - Throws: `Problem` with 422 that names each wrong parameter.
    init(_ context: some PageContext) throws(Problem) {
        self.init()
        var wrong: [FieldProblem] = []
        func read<Value>(_ name: String, _ parse: (String) -> Value?) -> Value? {
            guard let text = context.query(name), !text.isEmpty else { return nil }
            if let value = parse(text) { return value }
            wrong.append(FieldProblem(pointer: "/\(name)", phrase: Phrase("department.wrong.\(name)")))
            return nil
        }
        scope = read("state") { Scope(name: $0) } ?? .open
        severity = read("severity") { Severity(rawValue: $0) }
        order = read("sort") { Order(rawValue: $0) } ?? .due
        cursor = read("cursor") { Cursor($0) }
        limit = read("limit") { Int($0).flatMap { (1...200).contains($0) ? $0 : nil } } ?? 50
        onlyOurTurn = context.query("ours") == "1"
        onlyOverdue = context.query("overdue") == "1"
        onlyWaiting = context.query("waiting") == "1"
        onlyUrged = context.query("urged") == "1"
        if !wrong.isEmpty { throw .invalid(wrong) }
    }
}
