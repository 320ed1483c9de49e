/// One thing that is wrong in a policy pack or in a calendar, with its place in the file.
package struct PolicyProblem: Hashable, Sendable, CustomStringConvertible {
    /// The file as it was named to the loader.
    package var file: String
    /// Counts from 1.
    package var line: Int
    /// Counts from 1, in Unicode scalars.
    package var column: Int
    /// The place within the pack, for example `grading[1].when`; empty for the whole file.
    package var path: String
    /// What is wrong and what would be right.
    package var message: String

    package init(file: String, line: Int, column: Int, path: String, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
    }

    /// `file:line:column: path: message`, as compilers and editors read it.
    package var description: String {
        let place = path.isEmpty ? "" : "\(path): "
        return "\(file):\(line):\(column): \(place)\(message)"
    }
}

/// A policy pack or calendar that does not load, with every reason, ordered by place.
package struct PolicyInvalid: Error, CustomStringConvertible {
    package var problems: [PolicyProblem]

    package init(problems: [PolicyProblem]) {
        self.problems = problems.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
