import Foundation
import Web

/// Finds what is wrong with a service's translations before anybody sees it in a page.
package enum TranslationCheck {
    /// - Parameter sources: folders with Swift files whose `text("…")` and `Phrase("…")` are looked up too.
    /// - Returns: one sentence for each problem: keys that one language lacks, keys that a template or the code asks for
    ///   and nobody has given, templates that include one that does not exist.
    package static func problems(of site: Site, sources: [URL] = []) throws -> [String] {
        var problems = site.translations.lopsided.map { "\($0) is missing in one language" }
        for (name, text) in site.templates.sources.sorted(by: { $0.key < $1.key }) {
            for match in text.matches(of: /\{\{t\.([A-Za-z0-9_.\-]+)\}\}/)
            where !site.translations.has(String(match.1)) {
                problems.append("\(name).mustache: there is no text \(match.1)")
            }
            for match in text.matches(of: /\{\{[><]\s*([A-Za-z0-9_\-]+)\s*\}\}/)
            where site.templates.sources[String(match.1)] == nil {
                problems.append("\(name).mustache: there is no template \(match.1)")
            }
        }
        for file in sources.flatMap(swiftFiles) {
            let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
            for match in code.matches(of: /(?:\btext|\bPhrase)\(\s*"([A-Za-z0-9_\-]+\.[A-Za-z0-9_.\-]+)"/)
            where !site.translations.has(String(match.1)) {
                problems.append("\(file.lastPathComponent): there is no text \(match.1)")
            }
        }
        return problems
    }

    private static func swiftFiles(in folder: URL) -> [URL] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    }
}
