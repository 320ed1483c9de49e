import Foundation
import Yams

/// Finds what nobody asked for: a flag, variable or YAML key that no service of the product knows.
///
/// One environment and one file may serve all services. Keys of another service are therefore left alone: a name that
/// starts with that service's word (`REDRESS_INTAKE_…`) is checked by that service, which refuses what it does not know.
struct UnknownKeys {
    let service: String
    let known: [KeyDeclaration]

    /// Keys that belong to the services at large, whether or not this one uses them.
    let shared: [KeyDeclaration]

    private static let namespaces: Set<String> = [
        "intake", "routing", "department", "callback", "reporting", "operations", "load", "test",
    ]

    func onCommandLine(_ arguments: [String]) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var seen: Set<String> = []
        var rest = arguments.dropFirst()
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                problems.append(usage(argument, "is not expected here; values follow a flag, as in --http-port 8081"))
                continue
            }
            let flag = String(argument.prefix { $0 != "=" })
            guard known.contains(where: { $0.flag == flag }) else {
                problems.append(usage(flag, "is not a known flag\(suggestion(flag, among: known.map(\.flag)))"))
                if !argument.contains("="), rest.first?.hasPrefix("--") == false { rest.removeFirst() }
                continue
            }
            if !seen.insert(flag).inserted { problems.append(usage(flag, "is given more than once")) }
            if !argument.contains("=") {
                let value = rest.first?.hasPrefix("--") == false ? rest.popFirst() : nil
                if value == nil { problems.append(usage(flag, "needs a value")) }
            }
        }
        return problems
    }

    func inEnvironment(_ environment: [String: String]) -> [ConfigurationProblem] {
        let allowed = Set((known + shared).map(\.variable))
        return environment.keys.sorted().compactMap { variable in
            guard variable.hasPrefix("REDRESS_"), !allowed.contains(variable), !isOfAnother(variable: variable) else {
                return nil
            }
            return ConfigurationProblem(
                key: variable, source: "the environment",
                explanation: "is not a variable that any service knows\(suggestion(variable, among: allowed.sorted()))")
        }
    }

    /// - Parameter yaml: a mapping; what is not one has been refused before.
    func inFile(_ yaml: String, named file: String) -> [ConfigurationProblem] {
        guard let root = try? Yams.compose(yaml: yaml) else { return [] }
        let allowed = Set((known + shared).map(\.name)).subtracting(["config.file"])
        return leaves(of: root, under: []).compactMap { name, line in
            guard !allowed.contains(name), !isOfAnother(name: name) else { return nil }
            return ConfigurationProblem(
                key: name, source: "\(file) line \(line)",
                explanation: "is not a known key\(suggestion(name, among: allowed.sorted()))")
        }
    }

    private func leaves(of node: Node, under path: [String]) -> [(name: String, line: Int)] {
        guard case .mapping(let mapping) = node else {
            return path.isEmpty ? [] : [(path.joined(separator: "."), node.mark?.line ?? 0)]
        }
        return mapping.flatMap { key, value in leaves(of: value, under: path + [key.string ?? "?"]) }
    }

    private func isOfAnother(variable: String) -> Bool {
        let word = variable.dropFirst("REDRESS_".count).prefix { $0 != "_" }
        return isOfAnother(name: word.lowercased())
    }

    private func isOfAnother(name: String) -> Bool {
        let word = String(name.prefix { $0 != "." })
        return word != service && Self.namespaces.contains(word)
    }

    private func usage(_ key: String, _ explanation: String) -> ConfigurationProblem {
        ConfigurationProblem(key: key, source: "the command line", explanation: explanation, isUsage: true)
    }

    /// Names the nearest known key when it is close enough to be a slip of the hand.
    private func suggestion(_ name: String, among candidates: [String]) -> String {
        let nearest = candidates.map { ($0, editDistance(name, $0)) }.min { $0.1 < $1.1 }
        guard let nearest, nearest.1 <= 3 else { return "; --help lists what there is" }
        return "; did you mean \(nearest.0)?"
    }
}

/// How many letters have to be put in, taken out or changed to turn one word into another.
func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var previous = Array(0...right.count)
    for (row, character) in left.enumerated() {
        var current = [row + 1]
        for column in right.indices {
            let change = previous[column] + (right[column] == character ? 0 : 1)
            current.append(min(change, previous[column + 1] + 1, current[column] + 1))
        }
        previous = current
    }
    return previous[right.count]
}
