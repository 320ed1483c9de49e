import Foundation

/// A field of a form, as it is asked for.
package struct FormField: Sendable {
    package enum Kind: Sendable, Hashable {
        /// One line; the HTML input type, such as `text`, `tel`, `email`, `number`, `datetime-local`.
        case line(String)
        /// Several lines.
        case area(rows: Int)
        case select([Option])
        case radio([Option])
        /// Several may be ticked.
        case ticks([Option])
        /// Yes or no.
        case tick
        /// Files; which media types.
        case files(accept: String)
    }

    /// One of several answers.
    package struct Option: Sendable, Hashable {
        package var value: String
        package var title: String

        package init(_ value: String, _ title: String) {
            self.value = value
            self.title = title
        }
    }

    /// With dots, as in `Fields`.
    package var name: String
    package var label: String
    package var kind: Kind
    package var isRequired: Bool
    package var hint: String?
    package var value: String?
    package var most: Int?
    /// The `autocomplete` token.
    package var autocomplete: String?

    package init(
        _ name: String, _ label: String, _ kind: Kind = .line("text"), required: Bool = false, hint: String? = nil,
        value: String? = nil, most: Int? = nil, autocomplete: String? = nil
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        isRequired = required
        self.hint = hint
        self.value = value
        self.most = most
        self.autocomplete = autocomplete
    }
}

/// A form for a template: its fields with what was typed and with what is wrong about it.
///
/// ```swift
/// var form = FormView(context, fields: refused)
/// form.add(FormField("complainant.phone", context.text("intake.phone"), .line("tel"), required: true))
/// try context.page("form", ["form": form.data])
/// ```
/// In the template: `{{>form-errors}}` within `{{#form}}`, and `{{#form.complainant.phone}}{{>field}}{{/form.complainant.phone}}`.
package struct FormView {
    private let context: any PageContext
    private let fields: Fields?
    private let problems: [String: [Phrase]]
    private let others: [FieldProblem]
    private let idPrefix: String
    private var tree: [String: Any] = [:]
    private var wrong: [[String: Any]] = []
    private var shown: Set<String> = []

    /// - Parameters:
    ///   - fields: what was sent, when the form was refused.
    ///   - problem: why it was refused, when that is more than `fields` knows.
    ///   - idPrefix: tells apart the elements of several forms on one page.
    package init(
        _ context: some PageContext, fields: Fields? = nil, problem: Problem? = nil, idPrefix: String = "f"
    ) {
        self.context = context
        self.idPrefix = idPrefix
        self.fields = fields
        others = problem?.errors ?? fields?.problems ?? []
        problems = Dictionary(grouping: others, by: \.pointer).mapValues { $0.map(\.phrase) }
    }

    package mutating func add(_ field: FormField) {
        let pointer = Fields.pointer(field.name)
        shown.insert(pointer)
        let id = "\(idPrefix)-" + field.name.replacingOccurrences(of: ".", with: "-")
        var data: [String: Any] = ["id": id, "name": field.name, "label": field.label, "required": field.isRequired]
        data["hint"] = field.hint
        data["most"] = field.most
        data["autocomplete"] = field.autocomplete
        let errors = problems.filter { $0.key == pointer || $0.key.hasPrefix(pointer + "/") }.flatMap(\.value)
        if !errors.isEmpty {
            let message = errors.map { context.text($0) }.joined(separator: " ")
            data["error"] = message
            wrong.append(["id": id, "label": field.label, "error": message])
        }
        let describedBy = [field.hint == nil ? nil : "\(id)-hint", errors.isEmpty ? nil : "\(id)-error"]
        let describedByText = describedBy.compactMap(\.self).joined(separator: " ")
        if !describedByText.isEmpty { data["describedBy"] = describedByText }
        describe(field, into: &data)
        tree = Self.put(data, at: field.name.split(separator: ".").map(String.init)[...], in: tree)
    }

    /// For the template: fields by their path, `errors` for the summary, `hasErrors`.
    package var data: [String: Any] {
        var data = tree
        // What is wrong about something that the form does not show has to be said all the same.
        let unseen = others.filter { problem in
            !shown.contains { problem.pointer == $0 || problem.pointer.hasPrefix($0 + "/") }
        }
        let all = wrong + unseen.map { ["label": $0.pointer, "error": context.text($0.phrase)] }
        data["errors"] = all
        data["hasErrors"] = !all.isEmpty
        return data
    }

    private func describe(_ field: FormField, into data: inout [String: Any]) {
        let value = fields == nil ? field.value : fields?.typed(field.name)
        data["value"] = value
        switch field.kind {
        case .line(let type): data["isLine"] = ["type": type]
        case .area(let rows): data["isArea"] = ["rows": rows]
        case .select(let options): data["isSelect"] = ["options": choices(options, chosen: [value ?? ""])]
        case .radio(let options):
            data["isRadio"] = ["options": numbered(choices(options, chosen: [value ?? ""]), data)]
        case .ticks(let options):
            let ticked = fields?.allTyped(field.name) ?? field.value?.split(separator: ",").map(String.init) ?? []
            data["isTicks"] = ["options": numbered(choices(options, chosen: Set(ticked)), data)]
        case .tick: data["isTick"] = ["checked": ["1", "on", "true", "yes"].contains(value ?? "")]
        case .files(let accept): data["isFiles"] = ["accept": accept]
        }
    }

    private func choices(_ options: [FormField.Option], chosen: Set<String>) -> [[String: Any]] {
        options.map { ["value": $0.value, "title": $0.title, "chosen": chosen.contains($0.value)] }
    }

    /// Gives each option an id: the first has the field's own, so that links from the summary lead there.
    private func numbered(_ options: [[String: Any]], _ data: [String: Any]) -> [[String: Any]] {
        let id = data["id"] as? String ?? ""
        return options.enumerated().map { index, option in
            option.merging(["id": index == 0 ? id : "\(id)-\(index)"]) { $1 }
        }
    }

    private static func put(_ data: [String: Any], at path: ArraySlice<String>, in tree: [String: Any]) -> [String: Any]
    {
        guard let word = path.first else { return tree.merging(data) { $1 } }
        var tree = tree
        tree[word] = put(data, at: path.dropFirst(), in: tree[word] as? [String: Any] ?? [:])
        return tree
    }
}
