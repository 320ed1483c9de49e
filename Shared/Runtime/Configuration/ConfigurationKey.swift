import Configuration
import Foundation

/// A configuration key without its value type: all that help, checking and loading need.
package struct KeyDeclaration: Sendable {
    /// What happens when nobody gives the key a value.
    package enum Presence: Sendable, Equatable {
        /// The start is refused.
        case required
        /// The key is simply absent.
        case optional
        /// This text is read instead.
        case defaulted(String)
    }

    /// Dotted, camel case within a word: `signin.usersFile`.
    package let name: String
    /// One sentence for `--help`.
    package let meaning: String
    package let expectation: String
    package let presence: Presence
    /// The value is never shown, neither in help nor in a message about a problem.
    package let isSecret: Bool
    package let isWellFormed: @Sendable (String) -> Bool

    /// `--signin-users-file`
    package var flag: String { "--" + words.joined(separator: "-") }

    /// `REDRESS_SIGNIN_USERS_FILE`
    package var variable: String { "REDRESS_" + words.joined(separator: "_").uppercased() }

    /// The first word, which says whose key it is.
    var namespace: String { String(name.prefix { $0 != "." }) }

    var path: AbsoluteConfigKey { AbsoluteConfigKey(name.split(separator: ".").map(String.init)) }

    /// The words of the name in lower case; a capital starts a word of its own.
    private var words: [String] {
        name.split(separator: ".").flatMap { part in
            part.reduce(into: [String]()) { words, character in
                if words.isEmpty || character.isUppercase { words.append("") }
                words[words.count - 1].append(contentsOf: character.lowercased())
            }
        }
    }
}

/// A configuration key, declared once: its name, what it means, how its value is written, and what holds without one.
package struct ConfigurationKey<Value: Sendable>: Sendable {
    package let declaration: KeyDeclaration
    let form: ValueForm<Value>

    package init(
        _ name: String, _ form: ValueForm<Value>, _ presence: KeyDeclaration.Presence, isSecret: Bool = false,
        meaning: String
    ) {
        self.form = form
        declaration = KeyDeclaration(
            name: name, meaning: meaning, expectation: form.expectation, presence: presence, isSecret: isSecret,
            isWellFormed: { form.read($0) != nil })
    }
}
