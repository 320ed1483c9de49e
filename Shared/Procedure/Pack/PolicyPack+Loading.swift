import Contracts
import Foundation
import Yams

extension PolicyPack {
    /// Reads a pack from a file; a calendar that it names is read from beside it.
    ///
    /// - Throws: `PolicyInvalid` with everything that is wrong in the pack and in its calendar, each with its line.
    package static func load(file: String) throws(PolicyInvalid) -> PolicyPack {
        try PolicySource.read(file: file).load()
    }

    /// Reads a pack from text.
    ///
    /// - Parameter file: What the problems call it; a calendar that the pack names is looked for beside it.
    package static func parse(_ text: String, file: String) throws(PolicyInvalid) -> PolicyPack {
        try parse(text, file: file) { name in
            let path = path(of: name, beside: file)
            return (path, try? readText(path))
        }
    }

    static func parse(
        _ text: String, file: String, named: @escaping (String) -> NamedText
    ) throws(PolicyInvalid) -> PolicyPack {
        let log = LoadingLog()
        let root = try composeYAML(text, file: file, log: log)
        let read = PolicyPackReader(log: log, named: named).read(root)
        log.checkReferences()
        guard log.problems.isEmpty, var pack = read else { throw PolicyInvalid(problems: log.problems) }
        pack.markers = log.markers
        return pack
    }
}

/// Where a file is that another names: an absolute path, or relative to the folder of `file`.
func path(of name: String, beside file: String) -> String {
    name.hasPrefix("/") ? name : ((file as NSString).deletingLastPathComponent as NSString).appendingPathComponent(name)
}

/// A file that a pack names: what it is called, and its text; nil when it cannot be read.
typealias NamedText = (file: String, text: String?)

extension WorkingCalendar {
    /// Reads a calendar by itself.
    package static func parse(
        _ text: String, file: String, timeZone: TimeZone
    ) throws(PolicyInvalid) -> WorkingCalendar {
        let log = LoadingLog()
        let root = try composeYAML(text, file: file, log: log)
        var reader = WorkingCalendarReader(timeZone: timeZone)
        let calendar = reader.read(root)
        guard log.problems.isEmpty, let calendar else { throw PolicyInvalid(problems: log.problems) }
        return calendar
    }
}

/// The text of a file as a problem at its first line when it cannot be read.
package func readText(_ file: String) throws(PolicyInvalid) -> String {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
        throw PolicyInvalid(problems: [
            PolicyProblem(
                file: file, line: 1, column: 1, path: "", message: "there is no such file, or it is not UTF-8 text")
        ])
    }
    return text
}

/// The root of a YAML text; what is not YAML at all is one problem at its place.
package func composeYAML(_ text: String, file: String, log: LoadingLog) throws(PolicyInvalid) -> YAMLValue {
    func invalid(_ message: String, _ line: Int, _ column: Int) -> PolicyInvalid {
        PolicyInvalid(problems: [PolicyProblem(file: file, line: line, column: column, path: "", message: message)])
    }
    do {
        guard let node = try Yams.compose(yaml: text) else { throw invalid("the file is empty", 1, 1) }
        return YAMLValue(node: node, path: "", file: file, log: log)
    } catch let error as PolicyInvalid {
        throw error
    } catch let error as YamlError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            throw invalid("not YAML: \(problem)", mark.line, mark.column)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
            throw invalid("written twice: \(keys)", context.mark.line, context.mark.column)
        default:
            throw invalid("not YAML: \(error)", 1, 1)
        }
    } catch {
        throw invalid("not YAML", 1, 1)
    }
}
