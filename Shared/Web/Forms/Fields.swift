import Contracts
import Foundation

/// The fields of a request, whether it came as JSON or as a form, with everything that is wrong about them.
///
/// Read every field, then call `check()` once: it throws a `Problem` that names them all. Names are paths with dots,
/// the same in JSON (`{"complainant": {"phone": …}}`) and in forms (`name="complainant.phone"`); problems point to
/// `/complainant/phone`.
///
/// ```swift
/// var fields = try await context.fields(of: request)
/// let verdict = fields.choice("verdict", of: Verdict.self)
/// let reason = fields.text("reason", required: true, most: 2000)
/// try fields.check()
/// ```
package struct Fields: Sendable {
    package private(set) var problems: [FieldProblem] = []
    private var source: Source

    private enum Source: Sendable {
        case json(JSONValue)
        case form([String: [String]], files: [String: [UploadedFile]])
    }

    /// - Throws: `Problem` with 400 when the JSON is not an object.
    package init(json: JSONValue) throws(Problem) {
        guard case .object = json else { throw .malformed(Phrase("problem.malformed.object")) }
        source = .json(json)
    }

    package init(form: [(name: String, value: String)], files: [String: [UploadedFile]] = [:]) {
        var values: [String: [String]] = [:]
        for field in form { values[field.name, default: []].append(field.value) }
        source = .form(values, files: files)
    }

    /// True for a form, false for JSON.
    package var isForm: Bool { if case .form = source { true } else { false } }

    /// Files that came with a form.
    package func files(_ name: String) -> [UploadedFile] {
        if case .form(_, let files) = source { files[name, default: []] } else { [] }
    }

    /// The text as it was typed, for showing it again.
    package func typed(_ name: String) -> String? {
        if case .string(let text) = value(name) { text } else { nil }
    }

    /// Everything that was sent under a name, for showing ticks again.
    package func allTyped(_ name: String) -> [String] {
        if case .form(let form, _) = source { form[name, default: []] } else { [] }
    }

    /// Whether anything was sent under a name, an empty list included.
    package func has(_ name: String) -> Bool { value(name) != nil }

    /// Changes every text that was sent, before it is read.
    package mutating func rewriteTexts(_ change: (String) -> String) {
        source =
            switch source {
            case .json(let value): .json(value.mappingTexts(change))
            case .form(let form, let files): .form(form.mapValues { $0.map(change) }, files: files)
            }
    }

    // MARK: Refusing

    /// Notes that a field is wrong; the key is one of the translations.
    package mutating func refuse(_ name: String, _ key: String) { refuse(name, Phrase(key)) }

    package mutating func refuse(_ name: String, _ phrase: Phrase) {
        problems.append(FieldProblem(pointer: Self.pointer(name), phrase: phrase))
    }

    /// Notes every field that was sent and is not one of `known`: what a program thinks that it said must not be lost
    /// without a word. Names are paths with dots; the members of the objects in a list stand without their places
    /// (`evidence.name`). A form's token is always known.
    package mutating func refuseOthers(than known: Set<String>, _ key: String = "validation.unknown") {
        for path in unknown(known) { refuse(path, key) }
    }

    private func unknown(_ known: Set<String>) -> [String] {
        switch source {
        case .form(let form, let files):
            let names = Set(form.keys).union(files.keys).subtracting(["csrf"])
            return names.filter { name in !known.contains(name) && !Self.hasParts(name, known) }.sorted()
        case .json(let value): return Self.unknown(value, known, name: "", path: "")
        }
    }

    private static func unknown(_ value: JSONValue, _ known: Set<String>, name: String, path: String) -> [String] {
        if known.contains(name) { return [] }
        guard name.isEmpty || hasParts(name, known) else { return [path] }
        switch value {
        case .object(let members):
            return members.keys.sorted().flatMap { key -> [String] in
                guard let member = members[key] else { return [] }
                return unknown(member, known, name: joined(name, key), path: joined(path, key))
            }
        case .array(let elements):
            return elements.enumerated().flatMap { index, element in
                unknown(element, known, name: name, path: joined(path, String(index)))
            }
        // Of another kind than it should be: whoever reads its parts says so.
        case .null, .bool, .integer, .number, .string: return []
        }
    }

    private static func hasParts(_ name: String, _ known: Set<String>) -> Bool {
        known.contains { $0.hasPrefix("\(name).") }
    }

    private static func joined(_ path: String, _ word: String) -> String { path.isEmpty ? word : "\(path).\(word)" }

    /// Whether something was said under a name: nothing, an empty text and an empty list say nothing.
    package func says(_ name: String) -> Bool {
        switch value(name) {
        case nil, .null, .string(""): false
        case .array(let elements): !elements.isEmpty
        // A part of something that has no parts.
        case .object(let members): !members.isEmpty
        default: true
        }
    }

    /// Whether a field is known to be wrong: one that could not be read need not also be called missing.
    package func isRefused(_ name: String) -> Bool { problems.contains { $0.pointer == Self.pointer(name) } }

    /// - Throws: `Problem` with 422 that names every wrong field, if there is one.
    package func check() throws(Problem) {
        if !problems.isEmpty { throw .invalid(problems) }
    }

    /// The JSON pointer of a field: `complainant.phone` → `/complainant/phone`.
    package static func pointer(_ name: String) -> String {
        name.isEmpty ? "" : "/" + name.split(separator: ".").joined(separator: "/")
    }

    /// What was sent under a name; absent when nothing was.
    func value(_ name: String) -> JSONValue? {
        switch source {
        case .form(let form, _): return form[name]?.first.map { .string($0) }
        case .json(var value):
            for word in name.split(separator: ".") {
                switch value {
                case .object(let object):
                    guard let child = object[String(word)] else { return nil }
                    value = child
                case .array(let array):
                    guard let index = Int(word), array.indices.contains(index) else { return nil }
                    value = array[index]
                case .null: return nil
                // `{"complainant": "Li"}`: the whole is of another kind than an object, and so is every part of it.
                default: return .object([:])
                }
            }
            return value
        }
    }
}
