import Foundation

/// Values that have been checked against their keys' forms, each with the place it came from.
package struct ConfigurationValues: Sendable {
    struct Entry: Sendable {
        let text: String
        let source: String
    }

    let entries: [String: Entry]

    /// The value of a key that is required or has a default.
    /// - Throws: `ConfigurationProblem` when the key was not among those that were loaded.
    package func value<Value>(_ key: ConfigurationKey<Value>) throws -> Value {
        guard let value = try optional(key) else {
            throw problem(key, "no value; expected \(key.form.expectation)")
        }
        return value
    }

    /// The value of a key that may be absent.
    /// - Throws: `ConfigurationProblem` when the text is not of the key's form.
    package func optional<Value>(_ key: ConfigurationKey<Value>) throws -> Value? {
        guard let entry = entries[key.declaration.name] else { return nil }
        guard let value = key.form.read(entry.text) else {
            throw problem(key, "expected \(key.form.expectation)")
        }
        return value
    }

    /// A problem with the value of `key`, for rules that concern several keys or what a value points at.
    package func problem<Value>(_ key: ConfigurationKey<Value>, _ explanation: String) -> ConfigurationProblem {
        ConfigurationProblem(
            key: key.declaration.name, source: entries[key.declaration.name]?.source ?? "not set",
            explanation: explanation)
    }
}
