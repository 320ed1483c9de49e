import Contracts
import Foundation

/// A pack as places and what stands there, for comparing two by what they mean: comments, layout and the order of what
/// has no order make no difference.
///
/// The outline is made from the pack as it was read, so that a new section is compared without being named here.
package struct PackOutline: Sendable {
    /// What stands at a place, for example `clocks.solution.within`: `3 working days`.
    package private(set) var values: [String: String] = [:]
    /// What a place with places below it is called, for example `clocks.solution`: `Solution`.
    package private(set) var titles: [String: String] = [:]

    package init(_ pack: PolicyPack) {
        for child in Mirror(reflecting: pack).children {
            guard let label = child.label else { continue }
            add(child.value, at: Self.key(label))
        }
        // What decides by its order is compared by its order.
        for (place, ids) in [
            ("grading", pack.grading.map(\.id)), ("assignment.rules", pack.assignment.rules.map(\.id)),
            ("groups", pack.groups.map(\.id)), ("categories", pack.categories.map(\.id)),
            ("approval.levels", (pack.approvals?.levels ?? []).map(\.id)),
        ] where ids.count > 1 {
            values["\(place).(order)"] = ids.joined(separator: ", ")
        }
    }

    private mutating func add(_ value: Any, at place: String) {
        if let text = Self.text(value) {
            values[place] = text
            return
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            if let some = mirror.children.first { add(some.value, at: place) }
        case .collection, .set: add(members: mirror, at: place)
        case .enum:
            for payload in mirror.children { add(payload.value, at: place) }
        case .dictionary:
            for pair in mirror.children {
                let parts = Mirror(reflecting: pair.value).children.map(\.value)
                if parts.count == 2 { add(parts[1], at: "\(place).\(Self.text(parts[0]) ?? "\(parts[0])")") }
            }
        default:
            if let title = mirror.children.first(where: { $0.label == "title" })?.value as? LocalizedText {
                titles[place] = title.en
            }
            for child in mirror.children { add(child.value, at: "\(place).\(Self.key(child.label))") }
        }
    }

    /// What a pack calls a part, where that is not what the code calls it.
    private static func key(_ label: String?) -> String {
        let label = label ?? "?"
        let keys = [
            "approvals": "approval", "requirements": "rules", "opinionsOwed": "opinions", "verifiesOnSite": "onSite",
            "analysesCause": "causes", "isOther": "otherwise", "extending": "extension", "escalation": "escalates",
        ]
        return keys[label] ?? label
    }

    /// Members with an id are known by it; of others only the whole list can be compared.
    private mutating func add(members mirror: Mirror, at place: String) {
        var plain: [String] = []
        for member in mirror.children.map(\.value) {
            if let id = Self.identity(of: member) {
                add(member, at: "\(place).\(id)")
            } else {
                plain.append(Self.text(member) ?? "\(member)")
            }
        }
        guard !plain.isEmpty || mirror.displayStyle == .set && mirror.children.isEmpty else { return }
        if mirror.displayStyle == .set { plain.sort() }
        values[place] = plain.isEmpty ? "none" : plain.joined(separator: ", ")
    }

    /// What a member of a list is called in its place.
    private static func identity(of member: Any) -> String? {
        for child in Mirror(reflecting: member).children where ["id", "number", "severity"].contains(child.label) {
            if let text = child.value as? String { return text }
            if let department = child.value as? DepartmentID { return department.text }
            if child.label == "severity", let severity = child.value as? Severity { return severity.rawValue }
        }
        return nil
    }

    /// What is compared as one value; nil for what has parts.
    private static func text(_ value: Any) -> String? {
        switch value {
        case let text as String: text
        case let text as LocalizedText: "\(text.zhHans) / \(text.en)"
        case let money as Money: money.text
        case let allowance as Allowance: allowance.text
        case let condition as Condition: condition.description
        case let keyword as Keyword: keyword.text
        case let department as DepartmentID: department.text
        case let day as CalendarDay: "\(day)"
        case let number as Int: String(number)
        case let flag as Bool: flag ? "true" : "false"
        case let zone as TimeZone: zone.identifier
        case let choice as any RawRepresentable: choice.rawValue as? String
        default:
            Mirror(reflecting: value).displayStyle == .enum && Mirror(reflecting: value).children.isEmpty
                ? "\(value)" : nil
        }
    }
}
