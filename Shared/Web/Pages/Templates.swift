import Foundation
import Mustache

/// The page templates: those of `Web` (layout, form fields, badges) and those of the service, by file name without
/// `.mustache`. A page begins with `{{<layout}}` and fills `{{$title}}` and `{{$main}}`.
package struct Templates: Sendable {
    private var library = MustacheLibrary()
    /// The text of every template by name, for checks of what they refer to.
    package let sources: [String: String]

    /// - Throws: `TemplateProblem` when a template does not parse, or a name is used twice.
    package init(folders: [URL]) throws {
        MustacheContentTypes.register(ScalarHTML(), named: ScalarHTML.name)
        var sources: [String: String] = [:]
        for folder in folders {
            for name in try Self.names(in: folder) {
                let file = folder.appendingPathComponent("\(name).mustache")
                let text = try String(contentsOf: file, encoding: .utf8)
                guard sources.updateValue(text, forKey: name) == nil else {
                    throw TemplateProblem(description: "there are two templates named \(name)")
                }
                do {
                    try library.register("{{% CONTENT_TYPE:\(ScalarHTML.name)}}\(text)", named: name)
                } catch {
                    throw TemplateProblem(description: "\(file.lastPathComponent): \(error)")
                }
            }
        }
        self.sources = sources
    }

    /// - Throws: `TemplateProblem` when there is no such template.
    package func render(_ name: String, _ data: [String: Any]) throws -> String {
        guard let text = library.render(data, withTemplate: name) else {
            throw TemplateProblem(description: "there is no template named \(name)")
        }
        return text
    }

    private static func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".mustache") }.map { String($0.dropLast(".mustache".count)) }
    }
}

/// Templates that cannot be used.
package struct TemplateProblem: Error, CustomStringConvertible {
    package var description: String
}

/// Escapes for HTML scalar by scalar. The library's own way goes by characters, and so misses a quotation mark that is
/// followed by a combining accent: enough to break out of an attribute.
package struct ScalarHTML: MustacheContentType {
    static let name = "ScalarHTML"

    package init() {}

    package func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
