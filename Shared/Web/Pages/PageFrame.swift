import Contracts
import Foundation

/// What the layout shows around every page: navigation, language, who is signed in.
struct PageFrame {
    private let context: any PageContext

    init(_ context: any PageContext) { self.context = context }

    func data(flash: Flash?) -> [String: Any] {
        let site = context.site
        var data: [String: Any] = [
            "language": context.language.tag,
            "languages": languages,
            "navigation": Navigation(site.settings, at: context.visit.uri.path).items(for: context.signedIn).map {
                item in
                ["title": title(item), "address": item.address, "isHere": item.isHere] as [String: Any]
            },
            "bootstrap": site.assets.address("bootstrap/bootstrap.min.css"),
            "style": site.assets.address("redress.css"),
            "script": site.assets.address("redress.js"),
            "icon": site.assets.address("icon.svg"),
            "request": context.requestID,
            "isStaff": context.signedIn != nil,
        ]
        if let identity = context.signedIn {
            data["user"] = [
                "name": identity.name,
                "roles": identity.roles.map { context.text("role.\($0.rawValue)") }.sorted().joined(separator: " · "),
            ]
            if case .cookie(let session) = identity.proof { data["csrf"] = site.keys.csrfToken(session: session) }
        }
        if let flash { data["flash"] = ["text": flash.text, "isWarning": flash.isWarning] as [String: Any] }
        return data
    }

    private func title(_ item: Navigation.Item) -> String {
        item.department.map { $0.text(for: context.language.tag) } ?? context.text(item.titleKey)
    }

    /// The same page in each language: the address with another `lang`.
    private var languages: [[String: Any]] {
        let uri = context.visit.uri
        let kept = ((try? URLEncodedForm.parse(uri.query ?? "")) ?? []).filter { $0.name != "lang" }
        return Language.allCases.map { language in
            let query = (kept + [(name: "lang", value: language.tag)])
                .map { "\(URLEncodedForm.encode($0.name))=\(URLEncodedForm.encode($0.value))" }.joined(separator: "&")
            return [
                "tag": language.tag, "title": context.text("language.\(language.tag)"),
                "address": "\(uri.path)?\(query)", "isHere": language == context.language,
            ]
        }
    }
}
