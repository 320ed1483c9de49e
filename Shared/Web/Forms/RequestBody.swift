import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension PageContext {
    /// The fields of a request's body: JSON, an urlencoded form or a multipart form.
    /// - Parameter limit: in bytes; the service's own limit if absent.
    /// - Throws: `Problem` with 400, 413 or 415.
    package func fields(of request: Request, limit: Int? = nil) async throws -> Fields {
        if let readFields { return readFields }
        let body = try await data(of: request, limit: limit)
        let type = request.headers[.contentType].flatMap { ParameterizedValue($0) }
        switch type?.value {
        case nil where body.isEmpty: return Fields(form: [])
        case "application/json", "application/problem+json":
            return try Fields(json: JSONValue.parse(body))
        case "application/x-www-form-urlencoded":
            guard let text = String(data: body, encoding: .utf8) else {
                throw Problem.malformed(Phrase("problem.malformed.form"))
            }
            return Fields(form: try URLEncodedForm.parse(text))
        case "multipart/form-data":
            return try Self.multipart(body, boundary: type?.parameters["boundary"] ?? "")
        default: throw Problem.unsupportedMediaType
        }
    }

    /// The body as it is.
    /// - Throws: `Problem` with 413.
    package func data(of request: Request, limit: Int? = nil) async throws -> Data {
        let limit = limit ?? site.settings.bodyLimit
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge(limit: limit)
        }
        do {
            return Data(try await request.body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit: limit)
        }
    }

    private static func multipart(_ body: Data, boundary: String) throws(Problem) -> Fields {
        var values: [(name: String, value: String)] = []
        var files: [String: [UploadedFile]] = [:]
        for part in try MultipartForm.parse(body, boundary: boundary) {
            if let name = part.fileName {
                // A file field that nobody filled is sent as a file without a name and without bytes.
                if name.isEmpty, part.body.isEmpty { continue }
                files[part.name, default: []].append(
                    UploadedFile(name: name, mediaType: part.mediaType, bytes: part.body))
            } else {
                guard let text = String(data: part.body, encoding: .utf8) else {
                    throw .malformed(Phrase("problem.malformed.form"))
                }
                values.append((part.name, text))
            }
        }
        return Fields(form: values, files: files)
    }
}
