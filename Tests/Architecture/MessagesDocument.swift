import Contracts
import Foundation
import Messaging

/// `docs/messages.md` from the code: the catalogue says which messages there are and in which order, `MessageFlow` who
/// says and hears them, and the doc comments of the contracts what they mean.
struct MessagesDocument {
    private let declarations: [ContractDeclaration]

    init() {
        declarations = Repository.swiftFiles(below: "Shared/Contracts/Messages", "Shared/Contracts/Values")
            .flatMap(ContractDeclaration.read)
    }

    var text: String {
        ([introduction, overview] + MessageCatalogue.all.map(section) + [values]).joined(separator: "\n\n") + "\n"
    }

    private var introduction: String {
        """
        # Messages

        Every message that the services exchange, in the order of a complaint's life. The file is made from
        [the catalogue](../Shared/Contracts/MessageCatalogue.swift), [who says what and who
        listens](../Shared/Messaging/Topology/MessageFlow.swift) and the comments of
        [the contracts](../Shared/Contracts/Messages); a test fails when it is not up to date, and
        `WRITE_DOCS=1 swift test --filter MessagesDocumentTests` writes it again.

        A message travels as CloudEvents 1.0 in binary mode: the attributes are AMQP headers (`cloudEvents_type`, …; see
        [the envelope](../Shared/Contracts/Envelope.swift)), the body is the payload as JSON. Its type is
        `redress.<noun>.<verb>.v1`, its routing key on `redress.events` is `<noun>.<verb>.<department or ->`. Instants are
        RFC 3339 in UTC, money is decimal text. A reader ignores fields that it does not know; a field is never removed and
        never changes its meaning within a version. [One sample of each version](../Tests/Contracts/Golden) is decoded by
        a test for ever. Reporting listens to everything.
        """
    }

    private var overview: String {
        let rows = MessageCatalogue.all.map { payload in
            let type = payload.type
            return
                "| [`\(name(type))`](#\(anchor(type))) | \(meaning(payload).sentence) | \(said(type)) | \(heard(type)) |"
        }
        return (["| message | says | from | to |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    private func section(_ payload: any Event.Type) -> String {
        let type = payload.type
        let file = "../Shared/Contracts/Messages/\(payload).swift"
        let sample = "../Tests/Contracts/Golden/\(type.name).json"
        let carriesDepartment = declaration(payload)?.fields.contains { $0.name == "department" || $0.name == "lead" }
        let key = carriesDepartment == true ? "<department>" : "-"
        return """
            ## \(name(type))

            \(meaning(payload).whole) From \(said(type)), to \(heard(type)).

            `\(type.name)` · key `\(name(type)).\(key)` · [contract](\(file)) · [sample](\(sample))

            \(table(declaration(payload)?.fields ?? []))
            """
    }

    /// What the payloads are made of.
    private var values: String {
        let messages = Set(MessageCatalogue.all.map { "\($0)" })
        let structs = declarations.filter { !messages.contains($0.name) && !($0.fields.isEmpty && $0.cases.isEmpty) }
        let sections = structs.map { value in
            let body =
                value.fields.isEmpty
                ? value.cases.map { "`\($0)`" }.joined(separator: ", ") : table(value.fields)
            return "### \(value.name)\n\n\(value.comment) [Source](../\(value.path))\n\n\(body)"
        }
        return (["## Values"] + sections).joined(separator: "\n\n")
    }

    // MARK: Words

    private func table(_ fields: [ContractDeclaration.Field]) -> String {
        let rows = fields.map { field in
            let type = field.type.hasSuffix("?") ? "`\(field.type.dropLast())`, optional" : "`\(field.type)`"
            return "| `\(field.name)` | \(type) | \(field.comment) |"
        }
        return (["| field | type | meaning |", "|---|---|---|"] + rows).joined(separator: "\n")
    }

    private func name(_ type: MessageType) -> String { "\(type.noun).\(type.verb)" }
    private func anchor(_ type: MessageType) -> String { name(type).replacingOccurrences(of: ".", with: "") }

    private func declaration(_ payload: any Event.Type) -> ContractDeclaration? {
        declarations.first { $0.name == "\(payload)" }
    }

    /// The comment without its first words, which repeat the type and the sender.
    private func meaning(_ payload: any Event.Type) -> (sentence: String, whole: String) {
        let comment = declaration(payload)?.comment ?? ""
        let whole = String(comment.replacing(#/^`[^`]+`, from [^.]+\. /#, with: ""))
        let end = whole.firstRange(of: ". ")?.lowerBound ?? whole.endIndex
        let sentence = whole[..<end]
        return (sentence.hasSuffix(".") ? String(sentence.dropLast()) : String(sentence), whole)
    }

    private func said(_ type: MessageType) -> String {
        let services = ServiceKind.allCases.filter { MessageFlow.said(by: $0).contains(type) }
        return services.count == ServiceKind.allCases.count ? "any" : words(services)
    }

    private func heard(_ type: MessageType) -> String {
        words(ServiceKind.allCases.filter { MessageFlow.heard(by: $0).contains(type) })
    }

    private func words(_ services: [ServiceKind]) -> String {
        services.map { $0.rawValue.capitalized }.joined(separator: ", ")
    }
}

/// A public type of the contracts, as its source declares it.
struct ContractDeclaration {
    struct Field {
        var name: String
        var type: String
        var comment: String
    }

    var name: String
    var path: String
    var comment: String
    var fields: [Field] = []
    var cases: [String] = []

    /// Every public struct with stored fields, and every public enum of words.
    static func read(_ file: SourceFile) -> [ContractDeclaration] {
        var found: [ContractDeclaration] = []
        var comment: [String] = []
        for line in file.lines.map(\.text) {
            if let match = line.wholeMatch(of: /\s*\/\/\/ ?(.*)/) {
                comment.append(String(match.1))
                continue
            }
            let words = comment.joined(separator: " ")
            if let match = line.prefixMatch(of: /public (?:struct|enum) (\w+)/) {
                found.append(ContractDeclaration(name: String(match.1), path: file.path, comment: words))
            } else if let match = line.wholeMatch(of: /\s{4}public var (\w+): ([^{]+)/), !found.isEmpty {
                let field = Field(name: String(match.1), type: String(match.2), comment: words)
                found[found.count - 1].fields.append(field)
            } else if let match = line.wholeMatch(of: /\s{4}case ([\w, ]+)/), !found.isEmpty {
                found[found.count - 1].cases += match.1.split(separator: ", ").map(String.init)
            }
            comment = []
        }
        return found
    }
}
