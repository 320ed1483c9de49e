import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// Asking for more time and deciding on it (延期), for the department that holds the complaint and for supervisors; as
/// pages and in the API.
struct ExtensionPages: Sendable {
    let web: RoutingWeb

    private var desk: ExtensionDesk { ExtensionDesk(store: web.store, work: web.desk.work) }

    func add(to routes: Router<WebContext>) {
        let pages = routes.staff("/routing/complaints/{number}/extensions", roles: RoutingWeb.extenders)
        pages.get { _, context in try await show(context.ticketNumber(), context) }
        pages.post { request, context in
            try await order(request, context) { number, fields in
                let order = try Self.reading(&fields)
                _ = try await desk.ask(
                    number, clock: order.clock, for: order.allowance, reason: order.reason, by: actor(context))
                return "routing.extension.asked"
            }
        }
        pages.post("{id}") { request, context in
            try await order(request, context) { number, fields in
                let isGranted = fields.choice("decision", of: ["granted", "refused"]) == "granted"
                let comment = fields.text("comment", most: OrderReading.longest)
                try fields.check()
                let decided = try await desk.decide(
                    number, request: try Self.id(context), isGranted: isGranted, comment: comment, by: actor(context))
                return "routing.extension.\(decided.standing.rawValue)"
            }
        }
        addAPI(to: routes)
    }

    private func addAPI(to routes: Router<WebContext>) {
        let api = routes.staff("/routing/api/complaints/{number}/extensions", roles: RoutingWeb.extenders)
        api.get { _, context in
            let dossier = try await dossier(context)
            return try context.json(["extensions": dossier.extensions.map { ExtensionAnswer($0, in: dossier) }])
        }
        api.post { request, context in
            let number = try await dossier(context).record.number
            var fields = try await context.fields(of: request)
            let order = try Self.reading(&fields)
            let asked = try await Problem.translatingExtension {
                try await desk.ask(
                    number, clock: order.clock, for: order.allowance, reason: order.reason, by: actor(context))
            }
            return try context.json(ExtensionAnswer(asked, in: try await dossier(context)), status: .created)
        }
        api.post("{id}/decision") { request, context in
            let number = try await dossier(context).record.number
            var fields = try await context.fields(of: request)
            let isGranted = fields.flag("granted")
            if isGranted == nil { fields.refuse("granted", "validation.required") }
            let comment = fields.text("comment", most: OrderReading.longest)
            try fields.check()
            let decided = try await Problem.translatingExtension {
                try await desk.decide(
                    number, request: try Self.id(context), isGranted: isGranted ?? false, comment: comment,
                    by: actor(context))
            }
            return try context.json(ExtensionAnswer(decided, in: try await dossier(context)))
        }
    }

    /// Everything about the complaint, for those who may know: a department's staff only while it is theirs.
    private func dossier(_ context: SignedInContext) async throws -> ComplaintDossier {
        let number = try context.ticketNumber()
        try await web.check(number, context)
        let dossier = try await web.dossier(number)
        let identity = context.identity
        guard identity.has(any: RoutingWeb.watchers) || identity.department == dossier.record.handling?.lead.text,
            identity.has(any: RoutingWeb.watchers) || identity.department != nil
        else { throw Problem.forbidden(Phrase("problem.forbidden.role")) }
        return dossier
    }

    private func show(
        _ number: TicketNumber, _ context: SignedInContext, refused: (Fields, Problem)? = nil
    ) async throws -> Response {
        let dossier = try await dossier(context)
        let view = ExtensionView(dossier, Wording(context: context, pack: web.pack), actor: actor(context), refused)
        return try context.page("extensions", view.data, status: refused?.1.status ?? .ok)
    }

    private func order(
        _ request: Request, _ context: SignedInContext,
        _ work: (TicketNumber, inout Fields) async throws -> String
    ) async throws -> Response {
        let number = try await dossier(context).record.number
        var fields = try await context.fields(of: request)
        let address = "/routing/complaints/\(number)/extensions"
        do {
            let done = try await Problem.translatingExtension { try await work(number, &fields) }
            return context.redirect(to: address, flash: Phrase(done))
        } catch var problem as Problem where !problem.errors.isEmpty {
            // The form asks for the length in two fields.
            for index in problem.errors.indices where problem.errors[index].pointer == "/by" {
                problem.errors[index].pointer = "/count"
            }
            return try await show(number, context, refused: (fields, problem))
        } catch let problem as Problem where problem.status == .conflict {
            return context.redirect(
                to: address, flash: problem.detail ?? Phrase("problem.conflict.text"), isWarning: true)
        }
    }

    private func actor(_ context: SignedInContext) -> ExtensionActor {
        let identity = context.identity
        return ExtensionActor(
            name: identity.name, department: identity.department.flatMap(DepartmentID.init),
            isHead: identity.has(any: [.head]), isSupervisor: identity.has(any: RoutingWeb.supervisors))
    }

    private static func id(_ context: SignedInContext) throws -> Int64 {
        guard let id = context.parameters.get("id", as: Int64.self) else { throw ExtensionRejection.unknownRequest }
        return id
    }

    /// `{clock, by: "2 working days", reason}`; a form tells how many (`count`) of what (`unit`).
    private static func reading(
        _ fields: inout Fields
    ) throws(Problem) -> (clock: String, allowance: Allowance, reason: String) {
        let clock = fields.text("clock", required: true, most: 40)
        let allowance = fields.isForm && !fields.has("by") ? length(&fields) : written(&fields)
        let reason = fields.text("reason", required: true, most: OrderReading.longest)
        try fields.check()
        guard let clock, let allowance, let reason else { throw .unexpected }
        return (clock, allowance, reason)
    }

    private static func written(_ fields: inout Fields) -> Allowance? {
        guard let text = fields.text("by", required: true, most: 40) else { return nil }
        let allowance = Allowance(text)
        if allowance == nil { fields.refuse("by", "routing.extension.notATime") }
        return allowance
    }

    private static func length(_ fields: inout Fields) -> Allowance? {
        let count = fields.integer("count", in: 1...10_000, required: true)
        let unit = fields.choice("unit", of: ExtensionUnit.self)
        guard let count, let unit else { return nil }
        return Allowance("\(count) \(unit.rawValue)")
    }
}

/// In what people count more time, in the words that `Allowance` reads.
enum ExtensionUnit: String, CaseIterable {
    case workingDays = "working days"
    case workingHours = "working hours"
    case days = "days"
    case hours = "hours"

    /// The last word of its key in the translations.
    var key: String { "\(self)" }
}

extension Problem {
    /// Does what was asked about an extension, and turns what stands against it into a problem.
    static func translatingExtension<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await translating(work)
        } catch let rejection as ExtensionRejection {
            throw Problem(rejection)
        }
    }

    init(_ rejection: ExtensionRejection) {
        switch rejection {
        case .unknownRequest: self = .notFound(Phrase("routing.extension.unknownRequest"))
        case .notYours: self = .forbidden(Phrase("routing.extension.notYours"))
        case .notEntitled: self = .forbidden(Phrase("routing.extension.notEntitled"))
        case .ownRequest: self = .forbidden(Phrase("routing.extension.ownRequest"))
        case .tooLong: self = .invalid([FieldProblem(pointer: "/by", phrase: Phrase("routing.extension.tooLong"))])
        case .noLength: self = .invalid([FieldProblem(pointer: "/by", phrase: Phrase("routing.extension.notATime"))])
        case .clockStopped: self = .conflict(Phrase("routing.extension.clockStopped"))
        case .notExtensible: self = .conflict(Phrase("routing.extension.notExtensible"))
        case .alreadyDue: self = .conflict(Phrase("routing.extension.alreadyDue"))
        case .alreadyAsked: self = .conflict(Phrase("routing.extension.alreadyAsked"))
        case .alreadyDecided: self = .conflict(Phrase("routing.extension.alreadyDecided"))
        }
    }
}
