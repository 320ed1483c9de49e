import Hummingbird
import Messaging
import Web

/// Every address of Operations. Operators act; managers may read.
struct OperationsRoutes {
    let desk: OperationsDesk

    func add(to router: Router<WebContext>) {
        let readers = router.staff("/operations", roles: [.operator, .manager])
        let operators = router.staff("/operations", roles: [.operator])
        LetterPages(desk: desk).add(reading: readers, acting: operators)
        ReconciliationPages(desk: desk).add(reading: readers)
        LetterAPI(desk: desk).add(reading: readers, acting: operators)
    }
}

/// Refusals in the words of the pages and the API.
enum OperationsRefusal {
    /// What a rejected event is to the person who asked for it: 409 with the reason.
    static func problem(_ rejection: LetterRejection) -> Problem {
        .conflict(Phrase("operations.refusal.\(rejection.rawValue)"))
    }

    static let noSuchLetter = Problem.notFound(Phrase("operations.refusal.noSuchLetter"))

    /// Runs a verb; what the policy or the store refuses becomes a problem.
    static func translating<Value>(_ verb: () async throws -> Value) async throws -> Value {
        do {
            return try await verb()
        } catch let rejection as LetterRejection {
            throw problem(rejection)
        } catch is NoSuchLetter {
            throw noSuchLetter
        }
    }
}

extension PageContext {
    /// The letter's id in the path.
    /// - Throws: 404 when it is no id.
    func letterID() throws -> Int64 {
        guard let text = parameters.get("id"), let id = Int64(text), id > 0 else {
            throw OperationsRefusal.noSuchLetter
        }
        return id
    }

    /// The filter in the query: `state`, `consumer`, `kind`, `type`, `subject`, `cursor`.
    /// - Throws: 422 that names what is no state or no cursor.
    func letterFilter(default state: LetterState.Name? = nil) throws -> LetterFilter {
        var problems: [FieldProblem] = []
        var filter = LetterFilter(
            state: state, consumer: filled("consumer"), kind: filled("kind"), type: filled("type"),
            subject: filled("subject"))
        if let word = query("state") {
            filter.state = LetterState.Name(rawValue: word)
            if filter.state == nil, !word.isEmpty { problems.append(notOneOf("/state", LetterState.Name.self)) }
        }
        if let word = filter.kind, FailureReason.Kind(rawValue: word) == nil {
            problems.append(notOneOf("/kind", FailureReason.Kind.self))
        }
        if let word = filter.consumer, ConsumerName(text: word) == nil {
            problems.append(FieldProblem(pointer: "/consumer", phrase: Phrase("operations.refusal.consumer")))
        }
        if let cursor = filled("cursor") {
            filter.before = Int64(cursor)
            if filter.before == nil {
                problems.append(FieldProblem(pointer: "/cursor", phrase: Phrase("validation.notInteger")))
            }
        }
        guard problems.isEmpty else { throw Problem.invalid(problems) }
        return filter
    }

    private func filled(_ name: String) -> String? { query(name).flatMap { $0.isEmpty ? nil : $0 } }

    private func notOneOf<Choice: RawRepresentable & CaseIterable>(
        _ pointer: String, _: Choice.Type
    ) -> FieldProblem where Choice.RawValue == String {
        let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return FieldProblem(pointer: pointer, phrase: Phrase("validation.notOneOf", ["choices": choices]))
    }
}
