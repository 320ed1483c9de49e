import Contracts
import Web

extension WorkListQuery {
    /// Reads the address's query. Pages show open work unless told otherwise; the API shows everything open too.
    /// - Throws: `Problem` with 422 that names each wrong parameter.
    init(_ context: SignedInContext, _ visitor: Visitor) throws(Problem) {
        self.init()
        var wrong: [FieldProblem] = []
        func read<Value>(_ name: String, _ parse: (String) -> Value?) -> Value? {
            guard let text = context.query(name), !text.isEmpty else { return nil }
            if let value = parse(text) { return value }
            wrong.append(FieldProblem(pointer: "/\(name)", phrase: Phrase("department.wrong.\(name)")))
            return nil
        }
        scope = read("state") { Scope(name: $0) } ?? .open
        severity = read("severity") { Severity(rawValue: $0) }
        order = read("sort") { Order(rawValue: $0) } ?? .due
        cursor = read("cursor") { Cursor($0) }
        limit = read("limit") { Int($0).flatMap { (1...200).contains($0) ? $0 : nil } } ?? 50
        onlyOurTurn = context.query("ours") == "1"
        onlyOverdue = context.query("overdue") == "1"
        onlyWaiting = context.query("waiting") == "1"
        onlyUrged = context.query("urged") == "1"
        if context.query("mine") == "1" { awaiting = visitor.asked }
        viewer = visitor.identity.viewer
        if !visitor.isInsider { naming = visitor.identity.name }
        if !wrong.isEmpty { throw .invalid(wrong) }
    }
}
