import Contracts
import Foundation
import Procedure
import Web

/// What of the complaints an address asks for: `?state=desk&department=logistics&severity=major&sort=due&cursor=…`.
struct ListQuery: Sendable {
    /// The states by the word in the address: one state's name, or a group.
    enum View: Sendable, Hashable {
        case desk, open, all
        case state(StateName)

        static var words: [String] { ["desk", "open", "all"] + StateName.allCases.map(\.rawValue) }

        init?(_ word: String) {
            switch word {
            case "desk": self = .desk
            case "open": self = .open
            case "all": self = .all
            default:
                guard let state = StateName(rawValue: word) else { return nil }
                self = .state(state)
            }
        }

        var word: String {
            switch self {
            case .desk: "desk"
            case .open: "open"
            case .all: "all"
            case .state(let state): state.rawValue
            }
        }

        var states: [StateName] {
            switch self {
            case .desk: StateName.desk
            case .open: StateName.open
            case .all: []
            case .state(let state): [state]
            }
        }
    }

    var view: View
    var filter: ComplaintFilter
    var cursor: ListCursor?
    var limit: Int

    /// - Throws: `Problem` with 422 that names what of the address is wrong.
    init(_ query: String, view: View, order: ComplaintFilter.Order, pack: PolicyPack) throws(Problem) {
        var fields = Fields(form: try URLEncodedForm.parse(query))
        let word = fields.choice("state", of: View.words, required: false)
        let department = fields.choice("department", of: pack.departments.map(\.id.text), required: false)
        let severity = fields.choice("severity", of: Severity.self, required: false)
        let sort = fields.choice("sort", of: ComplaintFilter.Order.self, required: false)
        let limit = fields.integer("limit", in: 1...200)
        let cursorText = fields.text("cursor")
        let cursor = cursorText.flatMap { ListCursor($0) }
        if cursorText != nil, cursor == nil { fields.refuse("cursor", "routing.refused.cursor") }
        try fields.check()
        self.view = word.flatMap { View($0) } ?? view
        filter = ComplaintFilter(
            states: self.view.states, department: department.flatMap(DepartmentID.init), severity: severity,
            order: sort ?? order)
        self.cursor = cursor
        self.limit = limit ?? 50
    }

    /// The address's query with some of it changed; a cursor only when one is given.
    func address(view: View? = nil, order: ComplaintFilter.Order? = nil, cursor: ListCursor? = nil) -> String {
        var parts = ["state=\((view ?? self.view).word)", "sort=\((order ?? filter.order).rawValue)"]
        if let department = filter.department { parts.append("department=\(department)") }
        if let severity = filter.severity { parts.append("severity=\(severity.rawValue)") }
        if let cursor { parts.append("cursor=\(cursor.text)") }
        return "?" + parts.joined(separator: "&")
    }
}
