import Contracts
import Foundation
import Hummingbird
import Messaging
import Web

/// Dead letters for programs; `docs/api/operations.yaml` describes it.
struct LetterAPI {
    let desk: OperationsDesk

    private static let pageLimit = 50
    private static let mostPerPage = 500

    func add(reading: RouterGroup<SignedInContext>, acting: RouterGroup<SignedInContext>) {
        reading.get("api/dead-letters") { _, context in try await list(context) }
        reading.get("api/dead-letters/{id}") { _, context in
            let id = try context.letterID()
            let letter = try await OperationsRefusal.translating { try await desk.store.letter(id) }
            return try context.json(LetterDetailAnswer(letter))
        }
        reading.get("api/reconciliation") { _, context in try context.json(await desk.reconciliation()) }
        acting.post("api/dead-letters/{id}/replay") { request, context in try await replay(request, context) }
        acting.post("api/dead-letters/{id}/discard") { request, context in try await discard(request, context) }
        acting.post("api/dead-letters/{id}/edit") { request, context in try await edit(request, context) }
        acting.post("api/dead-letters/replay") { request, context in try await replayAll(request, context) }
    }

    private func list(_ context: SignedInContext) async throws -> Response {
        let filter = try context.letterFilter()
        var limit = Self.pageLimit
        if let asked = context.query("limit") {
            guard let number = Int(asked), (1...Self.mostPerPage).contains(number) else {
                let phrase = Phrase("validation.outOfRange", ["least": "1", "most": "\(Self.mostPerPage)"])
                throw Problem.invalid([FieldProblem(pointer: "/limit", phrase: phrase)])
            }
            limit = number
        }
        let page = try await desk.store.letters(filter, limit: limit)
        return try context.json(LetterListAnswer(letters: page.letters.map(LetterAnswer.init), next: page.next))
    }

    private func replay(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.letterID()
        var fields = try await context.fields(of: request)
        let reason = fields.text("reason", most: 2000)
        try fields.check()
        let state = try await OperationsRefusal.translating {
            try await desk.store.replay(id, by: context.identity.name, because: reason ?? "")
        }
        return try context.json(LetterStateAnswer(id: id, state: state.name.rawValue), status: .accepted)
    }

    private func discard(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.letterID()
        var fields = try await context.fields(of: request)
        let reason = fields.text("reason", required: true, most: 2000)
        try fields.check()
        let state = try await OperationsRefusal.translating {
            try await desk.store.discard(id, by: context.identity.name, because: reason ?? "")
        }
        return try context.json(LetterStateAnswer(id: id, state: state.name.rawValue))
    }

    /// The new body comes as text, so that it reaches the consumer byte for byte as it was written.
    private func edit(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.letterID()
        var fields = try await context.fields(of: request)
        let state = try await LetterEditing(desk: desk).edit(id, &fields, by: context.identity.name)
        return try context.json(LetterStateAnswer(id: id, state: state.name.rawValue), status: .accepted)
    }

    private func replayAll(_ request: Request, _ context: SignedInContext) async throws -> Response {
        var fields = try await context.fields(of: request)
        let (filter, reason) = try BulkReplay.read(&fields)
        let count = try await desk.store.replayAll(filter, by: context.identity.name, because: reason)
        return try context.json(["staged": count], status: .accepted)
    }
}

/// The filter of a bulk replay as it is sent. A reason is required: many letters are concerned.
enum BulkReplay {
    static func read(_ fields: inout Fields) throws -> (LetterFilter, reason: String) {
        let reason = fields.text("reason", required: true, most: 2000)
        let filter = LetterFilter(
            state: .failed, consumer: fields.text("consumer"),
            kind: fields.choice("kind", of: FailureReason.Kind.self, required: false)?.rawValue,
            type: fields.text("type"),
            subject: fields.text("subject"))
        try fields.check()
        return (filter, reason ?? "")
    }
}

/// Edit and replay: checks that the new body is what the message's type says.
struct LetterEditing {
    let desk: OperationsDesk

    func edit(_ id: Int64, _ fields: inout Fields, by actor: String) async throws -> LetterState {
        let reason = fields.text("reason", required: true, most: 2000)
        let text = fields.text("body", required: true, most: 1_000_000)
        let letter = try await OperationsRefusal.translating {
            let letter = try await desk.store.letter(id)
            // What is discarded or resolved is not edited, whatever the body says; the new body is judged after that.
            _ = try LetterPolicy.decide(letter.summary.state, .replay(letter.summary.replays + 1))
            return letter
        }
        let body = Data((text ?? "").utf8)
        if text != nil {
            do {
                try EditedCopy.check(body, type: letter.summary.type)
            } catch HandlingInterruption.park(let reason) {
                let values = ["place": reason.place, "reason": reason.message]
                fields.refuse("body", Phrase("operations.refusal.body", values))
            }
        }
        try fields.check()
        return try await OperationsRefusal.translating {
            try await desk.store.edit(id, body: body, by: actor, because: reason ?? "")
        }
    }
}
