import Contracts
import Procedure

/// A policy pack as the commands use it.
struct PolicyFile: Sendable {
    let pack: PolicyPack

    /// - Throws: `CommandFailure` with everything that is wrong, each with its line and column.
    static func load(_ path: String) throws -> PolicyFile {
        do {
            return PolicyFile(pack: try PolicyPack.load(file: path))
        } catch {
            let count = error.problems.count
            throw CommandFailure.refused(
                "the procedure does not load\n\(error)",
                advice: "\(count) \(count == 1 ? "problem" : "problems") in all.")
        }
    }

    var departments: [DepartmentID] { pack.departments.map(\.id) }

    var staff: [DepartmentStaff] {
        pack.departments.map { DepartmentStaff(id: $0.id, head: $0.head, handlers: $0.owners) }
    }
}
