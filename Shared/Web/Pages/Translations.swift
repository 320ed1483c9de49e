import Foundation
import Mustache
import Yams

/// Every sentence that the product says, in both languages, from the folders `Strings/` of `Web` and of the service:
/// `zh-Hans.yaml` and `en.yaml`, nested as the author likes. A key is its path with dots: `signin.title`.
package struct Translations: Sendable {
    private var texts: [Language: [String: String]]
    /// Every proper prefix of a key, so that templates can walk down `{{t.signin.title}}`.
    private var prefixes: Set<String> = []

    /// - Parameter folders: each holds `zh-Hans.yaml` and `en.yaml`.
    /// - Throws: `TranslationProblem` when a file is malformed or a key is given twice.
    package init(folders: [URL]) throws {
        texts = [:]
        for language in Language.allCases {
            for folder in folders {
                let read = try Self.read(folder.appendingPathComponent("\(language.tag).yaml"))
                for (key, text) in read {
                    guard texts[language, default: [:]].updateValue(text, forKey: key) == nil else {
                        throw TranslationProblem(description: "\(key) is given twice in \(language.tag)")
                    }
                }
            }
        }
        for key in texts.values.flatMap(\.keys) {
            let words = key.split(separator: ".")
            for count in 0..<words.count { prefixes.insert(words.prefix(count).joined(separator: ".")) }
        }
    }

    /// The text of a phrase; when the key is missing, the key in brackets, so that it is seen.
    package func text(_ phrase: Phrase, _ language: Language) -> String {
        guard var text = texts[language]?[phrase.key] else { return Self.missing(phrase.key) }
        for (name, title) in phrase.titles {
            text = text.replacingOccurrences(of: "{\(name)}", with: title.text(for: language.tag))
        }
        for (name, value) in phrase.values { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
        return text
    }

    /// Whether there is a text under `key` in both languages.
    package func has(_ key: String) -> Bool { Language.allCases.allSatisfy { texts[$0]?[key] != nil } }

    /// The keys that one language has and the other lacks.
    package var lopsided: [String] {
        let chinese = Set(texts[.zhHans, default: [:]].keys)
        return chinese.symmetricDifference(texts[.en, default: [:]].keys).sorted()
    }

    /// The texts of one language, for templates: `{{t.signin.title}}`.
    package func tree(_ language: Language) -> TranslationTree {
        TranslationTree(translations: self, language: language, path: "")
    }

    fileprivate func child(_ path: String, _ language: Language) -> Any {
        if let text = texts[language]?[path] { return text }
        if prefixes.contains(path) { return TranslationTree(translations: self, language: language, path: path) }
        return Self.missing(path)
    }

    /// What stands in a page where a translation is missing.
    package static func missing(_ key: String) -> String { "\(missingMark)\(key)⟧" }
    package static let missingMark: Character = "⟦"

    private static func read(_ file: URL) throws -> [String: String] {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw TranslationProblem(description: "\(file.lastPathComponent): \(error)")
        }
        var texts: [String: String] = [:]
        if let node { try flatten(node, path: "", file: file, into: &texts) }
        return texts
    }

    private static func flatten(_ node: Node, path: String, file: URL, into texts: inout [String: String]) throws {
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard let key = key.scalar?.string else { continue }
                try flatten(value, path: path.isEmpty ? key : "\(path).\(key)", file: file, into: &texts)
            }
        case .scalar(let scalar):
            guard texts.updateValue(scalar.string, forKey: path) == nil else {
                throw TranslationProblem(description: "\(file.lastPathComponent): \(path) is given twice")
            }
        default:
            throw TranslationProblem(description: "\(file.lastPathComponent): \(path) is not a text")
        }
    }
}

/// A branch of the translations, as templates see it.
package struct TranslationTree: Sendable, MustacheParent {
    fileprivate let translations: Translations
    fileprivate let language: Language
    fileprivate let path: String

    package func child(named name: String) -> Any? {
        translations.child(path.isEmpty ? name : "\(path).\(name)", language)
    }
}

/// A file of translations that cannot be used.
package struct TranslationProblem: Error, CustomStringConvertible {
    package var description: String
}
