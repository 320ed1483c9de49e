import Contracts
import Foundation
import Hummingbird
import Web

/// The JSON API for callers.
struct StaffAPI: Sendable {
    let web: CallbackWeb

    func add(to routes: Router<WebContext>) {
        let readers = routes.staff("/callback/api", roles: CallbackWeb.readers)
        readers.get("complaints") { _, context in
            let list = try context.deskList()
            let page = try await web.files.list(
                list, after: try context.deskMark(), limit: 100, seenBy: context.identity.viewer)
            return try context.json(DeskDocument(list, page, context))
        }
        let callers = routes.staff("/callback/api", roles: CallbackWeb.callers)
        callers.post("complaints/{number}/callbacks") { request, context in
            let number = try await web.seenNumber(context)
            let web = try await web.about(number)
            try web.checkMayCall(context.identity)
            var fields = try await context.fields(of: request)
            let reply = try CallReply(&fields, by: context.identity.actor, web.pack.callback)
            try await Problem.translating(context) {
                try await web.callbacks.record(about: number, reply.result, call: reply.call, reply.statement)
            }
            return try await context.json(web.document(of: number, context))
        }
    }
}

extension PageContext {
    /// The list that the address asks for under `list`; callbacks if it asks for none.
    /// - Throws: `Problem` with 422.
    func deskList() throws(Problem) -> DeskList {
        guard let word = query("list") else { return .callbacks }
        guard let list = DeskList(rawValue: word) else {
            let choices = DeskList.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid([
                FieldProblem(pointer: "/list", phrase: Phrase("validation.notOneOf", ["choices": choices]))
            ])
        }
        return list
    }

    /// Where the page before ended, as the address says under `after`.
    /// - Throws: `Problem` with 422.
    func deskMark() throws(Problem) -> DeskMark? {
        guard let text = query("after"), !text.isEmpty else { return nil }
        let parts = text.split(separator: "~").map(String.init)
        guard parts.count == 2, TicketNumber(parts[1]) != nil else {
            throw .invalid([FieldProblem(pointer: "/after", phrase: Phrase("callback.refused.mark"))])
        }
        return DeskMark(position: parts[0], number: parts[1])
    }
}

extension DeskMark {
    /// As it stands in an address.
    var text: String { "\(position)~\(number)" }
}
