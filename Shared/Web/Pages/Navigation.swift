import Contracts
import Runtime

/// A part of the product with pages of its own, and who may see it.
package enum Area: String, Sendable, CaseIterable {
    /// `mine` is everybody's own list over all departments (待我处理), `warnings` what employees hear before it becomes a
    /// complaint (抱怨预警, V02).
    case mine, intake, warnings, routing, departments, callback, reporting, operations

    /// The roles that are shown the area, and that its pages should let in.
    package var roles: Set<Role> {
        switch self {
        case .mine: [.handler, .head, .manager]
        case .intake: [.agent]
        // Whom of them the policy pack names: see `Sites.warnings`.
        case .warnings: Set(Role.allCases)
        case .routing: [.coordinator, .supervisor, .manager]
        case .departments: [.handler, .head, .supervisor, .manager]
        case .callback: [.caller, .agent, .supervisor]
        // Cases and suggestions are everybody's (K17, W19).
        case .reporting: Set(Role.allCases)
        case .operations: [.operator, .manager]
        }
    }
}

/// The links between the services' pages: each sees what their roles allow.
package struct Navigation: Sendable {
    package struct Item: Sendable, Hashable {
        package var titleKey: String
        /// Set when the link is to one of several departments: what that one is called.
        package var department: LocalizedText?
        package var address: String
        package var isHere: Bool
    }

    private let settings: SiteSettings

    private let path: String

    /// - Parameter path: the page that the links are shown on.
    package init(_ settings: SiteSettings, at path: String = "") {
        self.settings = settings
        self.path = path
    }

    package func items(for identity: Identity?) -> [Item] {
        guard let identity else { return [] }
        return Area.allCases.filter { identity.has(any: $0.roles) }.flatMap { items($0, identity) }
    }

    private func items(_ area: Area, _ identity: Identity) -> [Item] {
        let sites = settings.sites
        return switch area {
        case .mine: [item(area, sites.reporting.absoluteString, "/reporting/mine")]
        case .warnings:
            identity.has(any: Set(sites.warnings.compactMap(Role.init)))
                ? [item(area, sites.intake.absoluteString, "/intake/warnings")] : []
        case .intake: [item(area, sites.intake.absoluteString, "/intake/desk")]
        case .routing: [item(area, sites.routing.absoluteString, "/routing/")]
        case .callback: [item(area, sites.callback.absoluteString, "/callback/")]
        case .reporting: [item(area, sites.reporting.absoluteString, "/reporting/")]
        case .operations: [item(area, sites.operations.absoluteString, "/operations/")]
        case .departments: departments(identity)
        }
    }

    /// Their own department, or all of them for who is bound to none. Management that is bound to one has cases in others,
    /// where something needs their approval.
    private func departments(_ identity: Identity) -> [Item] {
        let seen = settings.sites.departments.filter {
            identity.belongs(to: $0.id.text) || identity.has(any: [.manager])
        }
        return seen.map { site in
            let path = "/departments/\(site.id.text)/"
            let title = site.title ?? LocalizedText(zhHans: site.id.text, en: site.id.text)
            return Item(
                titleKey: "navigation.departments", department: identity.department == site.id.text ? nil : title,
                address: site.address.absoluteString + path, isHere: settings.home == path)
        }
    }

    private func item(_ area: Area, _ site: String, _ path: String) -> Item {
        Item(titleKey: "navigation.\(area.rawValue)", department: nil, address: site + path, isHere: here == area)
    }

    /// The area that the page belongs to; nil for a department, of which there are many.
    private var here: Area? {
        if path.hasPrefix("/reporting/mine") { return .mine }
        if path.hasPrefix("/intake/warnings") || path.hasPrefix("/routing/warnings") { return .warnings }
        return settings.service == "departments" ? nil : Area(rawValue: settings.service)
    }
}
