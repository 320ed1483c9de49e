import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// What every page of Reporting stands in: the tabs, with what the pack in force has.
struct ReportingFrame: Sendable {
    /// A place that the tabs lead to.
    enum Place: String, CaseIterable {
        case overview, tickets
        case monthly, quarterly, assessment
        case cases, measures, suggestions, surveys

        var group: Group? {
            switch self {
            case .overview, .tickets: nil
            case .monthly, .quarterly, .assessment: .reports
            case .cases, .measures, .suggestions, .surveys: .improvement
            }
        }

        var address: String {
            switch self {
            case .overview: "/reporting/"
            case .monthly, .quarterly, .assessment: "/reporting/reports/\(rawValue)"
            case .tickets, .cases, .measures, .suggestions, .surveys: "/reporting/\(rawValue)"
            }
        }
    }

    /// Places that stand together under one tab.
    enum Group: String {
        case reports, improvement
    }

    let sections: OfferedSections

    private func places(for identity: Identity?) -> [Place] {
        Place.allCases.filter { place in
            switch place {
            case .overview, .tickets, .monthly: true
            case .quarterly: sections.quarterly
            case .assessment: sections.assessment && identity?.has(any: ReportingAccess.assessors) == true
            case .cases: sections.cases
            case .measures: sections.measures
            case .suggestions: sections.suggestions
            case .surveys: sections.surveys
            }
        }
    }

    /// For the template `reporting-tabs`: the tabs, and beneath them those of the group that the page is in.
    func tabs(at place: Place, _ context: some PageContext) -> [String: Any] {
        let places = places(for: context.signedIn)
        var tabs: [[String: Any]] = []
        var groups: [Group] = []
        for other in places {
            if let group = other.group {
                guard !groups.contains(group) else { continue }
                groups.append(group)
                tabs.append(tab("reporting.tab.\(group.rawValue)", other.address, place.group == group, context))
            } else {
                tabs.append(tab("reporting.tab.\(other.rawValue)", other.address, other == place, context))
            }
        }
        // Of the supervision group not everybody has other business at Routing: here they find the way.
        if let identity = context.signedIn, sections.supervision?.isInspector(identity.viewer) == true {
            let address = context.site.settings.sites.routing.absoluteString + "/routing/supervision/samples"
            tabs.append(tab("reporting.tab.inspections", address, false, context))
        }
        var data: [String: Any] = ["first": tabs]
        let siblings = places.filter { $0.group != nil && $0.group == place.group }
        if siblings.count > 1 {
            data["second"] = [
                "tabs": siblings.map { tab("reporting.tab.\($0.rawValue)", $0.address, $0 == place, context) }
            ]
        }
        return data
    }

    private func tab(_ key: String, _ address: String, _ isHere: Bool, _ context: some PageContext) -> [String: Any] {
        ["title": context.text(key), "address": address, "isHere": isHere]
    }

    /// A page with its tabs.
    func page(
        _ template: String, _ data: [String: Any], at place: Place, _ context: some PageContext,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try context.page(template, data.merging(["tabs": tabs(at: place, context)]) { $1 }, status: status)
    }
}
