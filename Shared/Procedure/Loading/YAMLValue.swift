import Contracts
import Yams

/// A value in a pack with its place. Every reader reports what is wrong and answers nil, so that reading goes on.
package struct YAMLValue {
    package let node: Node
    /// The place within the pack, for example `clocks[2].within`.
    package let path: String
    package let file: String
    package let log: LoadingLog

    package init(node: Node, path: String, file: String, log: LoadingLog) {
        (self.node, self.path, self.file, self.log) = (node, path, file, log)
    }

    package func report(_ message: String, at mark: Mark? = nil) {
        log.report(message, file: file, path: path, mark: mark ?? node.mark)
    }

    /// The keys of a mapping; a key that is not in `keys` is a problem, as is anything that is no mapping.
    package func mapping(_ keys: [String]) -> YAMLMapping? {
        guard case .mapping(let mapping) = node else {
            report("expected keys and values (\(keys.joined(separator: ", "))), found \(kindOfNode)")
            return nil
        }
        var entries: [String: YAMLValue] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, keys.contains(name) else {
                let name = key.scalar?.string ?? "?"
                report("unknown key '\(name)'\(Suggestion.text(for: name, among: keys))", at: key.mark)
                continue
            }
            entries[name] = YAMLValue(node: value, path: path.isEmpty ? name : "\(path).\(name)", file: file, log: log)
        }
        return YAMLMapping(value: self, entries: entries)
    }

    /// The keys of a mapping whose keys are ids chosen by the author, in their order.
    package func table() -> [(key: YAMLValue, value: YAMLValue)]? {
        guard case .mapping(let mapping) = node else {
            report("expected keys and values, found \(kindOfNode)")
            return nil
        }
        return mapping.map { key, value in
            let place = "\(path).\(key.scalar?.string ?? "?")"
            return (
                YAMLValue(node: key, path: place, file: file, log: log),
                YAMLValue(node: value, path: place, file: file, log: log)
            )
        }
    }

    /// The members of a list that has at least one, read by `read`; members that do not read are left out.
    package func list<Member>(_ read: (YAMLValue) -> Member?) -> [Member]? {
        guard case .sequence(let sequence) = node else {
            report("expected a list, found \(kindOfNode)")
            return nil
        }
        if sequence.isEmpty { report("the list is empty") }
        return sequence.enumerated().compactMap { index, member in
            read(YAMLValue(node: member, path: "\(path)[\(index)]", file: file, log: log))
        }
    }

    /// One member written by itself, or a list of them.
    package func oneOrMore<Member>(_ read: (YAMLValue) -> Member?) -> [Member]? {
        if case .sequence = node { return list(read) }
        return read(self).map { [$0] }
    }

    /// Any plain value as it is written; empty is a problem.
    package func scalar(_ expected: String) -> String? {
        guard case .scalar(let scalar) = node else {
            report("expected \(expected), found \(kindOfNode)")
            return nil
        }
        let isNull = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        guard !isNull, !scalar.string.allSatisfy(\.isWhitespace) else {
            report("expected \(expected), found nothing")
            return nil
        }
        return scalar.string
    }

    private var kindOfNode: String {
        switch node {
        case .mapping: "keys and values"
        case .sequence: "a list"
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
        case .alias: "an alias"
        }
    }
}

/// The entries of a mapping in a pack.
package struct YAMLMapping {
    package let value: YAMLValue
    package let entries: [String: YAMLValue]

    /// The value of a key that may be absent.
    package func optional(_ key: String) -> YAMLValue? { entries[key] }

    /// The value of a key that must be there.
    package func required(_ key: String) -> YAMLValue? {
        if let value = entries[key] { return value }
        value.report("'\(key)' is missing")
        return nil
    }
}
