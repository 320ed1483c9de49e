import Foundation

/// A file that came with a form.
package struct UploadedFile: Sendable, Hashable {
    /// As the browser named it, without folders; for showing only, never a path.
    package var name: String
    package var mediaType: String
    package var bytes: Data

    package init(name: String, mediaType: String, bytes: Data) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// `multipart/form-data` (RFC 7578) as browsers send it: named fields and files, nothing nested. Whatever is not of
/// that form is refused as a whole.
package enum MultipartForm {
    package struct Part: Sendable, Hashable {
        package var name: String
        /// Absent when the part is a field rather than a file.
        package var fileName: String?
        package var mediaType: String
        package var body: Data
    }

    /// - Parameter boundary: from the header `Content-Type`.
    /// - Throws: `Problem` with 400.
    package static func parse(_ body: Data, boundary: String, mostParts: Int = 200) throws(Problem) -> [Part] {
        guard (1...70).contains(boundary.utf8.count) else { throw malformed }
        let delimiter = Data("\r\n--\(boundary)".utf8)
        // The first boundary has no line before it.
        let data = Data("\r\n".utf8) + body
        guard var found = data.range(of: delimiter), found.lowerBound == 0 else { throw malformed }
        var parts: [Part] = []
        while !data[found.upperBound...].starts(with: Data("--".utf8)) {
            // The blank line may follow at once; then there are no headers, and nobody knows what the part is.
            guard data[found.upperBound...].starts(with: lineEnd), parts.count < mostParts,
                let next = data.range(of: delimiter, in: found.upperBound..<data.endIndex),
                let blank = data.range(of: lineEnd + lineEnd, in: found.upperBound..<next.lowerBound),
                blank.lowerBound > found.upperBound
            else { throw malformed }
            parts.append(
                try part(
                    headers: data[(found.upperBound + lineEnd.count)..<blank.lowerBound],
                    body: Data(data[blank.upperBound..<next.lowerBound])))
            found = next
        }
        return parts
    }

    private static let lineEnd = Data("\r\n".utf8)
    private static let malformed = Problem.malformed(Phrase("problem.malformed.form"))

    private static func part(headers: Data, body: Data) throws(Problem) -> Part {
        guard headers.count <= 4096, let text = String(data: headers, encoding: .utf8) else { throw malformed }
        var disposition: ParameterizedValue?
        var mediaType = "text/plain"
        for line in text.components(separatedBy: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw malformed }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = ParameterizedValue(value)
            case "content-type": mediaType = value
            default: break
            }
        }
        guard let disposition, disposition.value == "form-data", let name = disposition.parameters["name"] else {
            throw malformed
        }
        let file = disposition.parameters["filename"].map { name in
            String(name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "").filter { !$0.isNewline }
        }
        return Part(name: name, fileName: file, mediaType: mediaType, body: body)
    }
}

/// A header value with parameters: `form-data; name="evidence"; filename="照片.jpg"`.
package struct ParameterizedValue: Sendable, Hashable {
    /// In lower case.
    package var value: String
    /// By name in lower case.
    package var parameters: [String: String]

    package init?(_ text: String) {
        var rest = Substring(text)
        let end = rest.firstIndex(of: ";") ?? rest.endIndex
        value = rest[..<end].trimmingCharacters(in: .whitespaces).lowercased()
        parameters = [:]
        rest = rest[end...]
        while rest.first == ";" {
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            if rest.isEmpty { break }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
            rest = rest[rest.index(after: equals)...].drop(while: \.isWhitespace)
            guard let value = Self.readValue(&rest) else { return nil }
            parameters[name] = value
            rest = rest.drop(while: \.isWhitespace)
        }
        if !rest.isEmpty { return nil }
    }

    private static func readValue(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else {
            let end = rest.firstIndex(of: ";") ?? rest.endIndex
            defer { rest = rest[end...] }
            return rest[..<end].trimmingCharacters(in: .whitespaces)
        }
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        // Browsers write a quotation mark within a name as %22 and line ends as %0D%0A.
        return rest[..<end].replacingOccurrences(of: "%22", with: "\"")
            .replacingOccurrences(of: "%0D", with: "").replacingOccurrences(of: "%0A", with: "")
    }
}
