import Foundation
import HTTPTypes
import Hummingbird

/// Makes the answer to a request that failed. What a person sees comes from the translations alone.
struct ErrorAnswer {
    private let context: WebContext

    init(_ context: WebContext) { self.context = context }

    func response(to error: any Error) -> Response {
        let problem = problem(for: error)
        if problem.status == .unauthorized, context.wantsPage, !context.visit.hasBadToken {
            let next = context.visit.head.method.isSafe ? context.visit.uri.string : context.site.settings.home
            return .redirect(to: "/signin?next=\(URLEncodedForm.encode(next))")
        }
        var response = context.wantsPage ? page(problem) : json(problem)
        response.status = problem.status
        for header in problem.headers { response.headers[header.name] = header.value }
        return response
    }

    private func problem(for error: any Error) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case is CancellationError: return .unavailable(retryAfter: 5)
        default:
            context.logger.error(
                "Failed unexpectedly",
                metadata: ["path": "\(context.visit.uri.path)", "error": "\(String(reflecting: error).prefix(2000))"])
            return .unexpected
        }
    }

    private func json(_ problem: Problem) -> Response {
        let document = ProblemDocument(problem, context)
        guard let response = try? context.json(document, mediaType: "application/problem+json") else {
            return Response(status: .internalServerError)
        }
        return response
    }

    private func page(_ problem: Problem) -> Response {
        let document = ProblemDocument(problem, context)
        var shown: [String: Any] = [
            "status": problem.status.code, "title": document.title,
            "explanation": context.text("problem.\(problem.kind).text"), "isUnexpected": problem.kind == "unexpected",
            "errors": (document.errors ?? []).map { ["pointer": $0.pointer, "detail": $0.detail] },
        ]
        shown["detail"] = document.detail
        let data = ["problem": shown]
        if let response = try? context.page("problem", data) { return response }
        return Response(
            status: problem.status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: "\(problem.status.code) \(context.requestID)\n")))
    }
}

/// `application/problem+json` (RFC 9457).
struct ProblemDocument: Encodable {
    struct Wrong: Encodable {
        var pointer: String
        var detail: String
        /// The key of the sentence, the same in every language.
        var code: String
    }

    var type: String
    var title: String
    var status: Int
    var detail: String?
    var errors: [Wrong]?
    /// The request's id, to tell support.
    var instance: String

    init(_ problem: Problem, _ context: some PageContext) {
        type = "urn:redress:problem:\(problem.kind)"
        title = context.text("problem.\(problem.kind).title")
        status = problem.status.code
        detail = problem.detail.map { context.text($0) }
        if !problem.errors.isEmpty {
            errors = problem.errors.map {
                Wrong(pointer: $0.pointer, detail: context.text($0.phrase), code: $0.phrase.key)
            }
        }
        instance = "urn:redress:request:\(context.requestID)"
    }
}
