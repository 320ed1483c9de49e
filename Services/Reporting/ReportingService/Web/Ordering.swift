import Foundation
import HTTPTypes
import Hummingbird
import Web

/// A page once more, with the form that was refused and why.
typealias FormAgain = (Fields, Problem) async throws -> Response

extension SignedInContext {
    /// True under `/reporting/api/`.
    var isProgram: Bool { visit.uri.path.hasPrefix("/reporting/api/") }

    /// The number of a case, a measure, a survey in the path.
    /// - Throws: `Problem` with 404 when it is none.
    func itemID() throws(Problem) -> Int64 {
        guard let id = parameters.get("id").flatMap({ Int64($0) }) else { throw .notFound() }
        return id
    }

    /// Does what a form or a program asks. A program gets the result as JSON; a person is led on, or shown the form again
    /// with what is wrong at its fields.
    ///
    /// - Parameters:
    ///   - said: what the next page says.
    ///   - next: where a person is led.
    ///   - again: the page with the form, for a form that is refused.
    func carryOut<Result: Encodable>(
        _ request: Request, said: String, next: (Result) -> String,
        again: FormAgain, _ work: (inout Fields) async throws -> Result
    ) async throws -> Response {
        var fields = try await fields(of: request)
        do {
            let result = try await Problem.translatingRefusals { try await work(&fields) }
            if isProgram { return try json(result) }
            return redirect(to: next(result), flash: Phrase(said))
        } catch let problem as Problem where !isProgram && fields.isForm {
            if !problem.errors.isEmpty || problem.status == .conflict { return try await again(fields, problem) }
            throw problem
        }
    }
}

extension Problem {
    /// Does what was asked, and turns what stands against it into a problem.
    static func translatingRefusals<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let refusal as ImprovementRefusal {
            throw Problem(refusal)
        }
    }

    init(_ refusal: ImprovementRefusal) {
        switch refusal {
        case .unknown: self = .notFound()
        case .onlyFor(let name): self = .forbidden(Phrase("reporting.refused.onlyFor", ["name": name]))
        case .ownWork: self = .forbidden(Phrase("reporting.refused.ownWork"))
        case .notNow: self = .conflict(Phrase("reporting.refused.notNow"))
        case .changed(let name): self = .conflict(Phrase("reporting.refused.changed", ["name": name]))
        case .incomplete(let fields):
            self = .invalid(
                fields.map { FieldProblem(pointer: "/\($0)", phrase: Phrase("validation.required")) })
        case .notClosed: self = Self.number("notClosed")
        case .isCase: self = Self.number("isCase")
        case .protected: self = Self.number("protected")
        }
    }

    private static func number(_ word: String) -> Problem {
        .invalid([FieldProblem(pointer: "/number", phrase: Phrase("reporting.refused.\(word)"))])
    }
}
