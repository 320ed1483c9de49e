import Contracts
import Foundation
import HTTPTypes
import Hummingbird

extension PageContext {
    /// A page from a template of the service, within the layout.
    /// - Parameter data: what the template refers to, beyond `page` and `t`, which are always there.
    package func page(
        _ template: String, _ data: [String: Any] = [:], status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let flash = Flash.take(from: visit)
        var data = data
        data["t"] = site.translations.tree(language)
        data["page"] = PageFrame(self).data(flash: flash)
        let html = try site.templates.render(template, data)
        if site.settings.isStrict, html.contains(Translations.missingMark) {
            let missing = html.split(separator: Translations.missingMark).dropFirst().map { $0.prefix { $0 != "⟧" } }
            throw TranslationProblem(description: "\(template) needs \(missing.joined(separator: ", "))")
        }
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: language.tag],
            body: .init(byteBuffer: ByteBuffer(string: html)))
        if flash != nil { response.setCookie(site.cookie(Flash.cookieName, "", maxAge: 0)) }
        return response
    }

    /// A value as JSON, written as contracts are.
    package func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, mediaType: String = "application/json"
    ) throws -> Response {
        Response(
            status: status, headers: [.contentType: "\(mediaType); charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: try ContractJSON.encode(value))))
    }

    /// Leads the browser on after a form was done (303).
    /// - Parameter flash: what the next page says at its top, once.
    package func redirect(to address: String, flash: Phrase? = nil, isWarning: Bool = false) -> Response {
        var response = Response.redirect(to: address)
        if let flash {
            let value = Flash(text: text(flash), isWarning: isWarning).sealed(site.keys)
            response.setCookie(site.cookie(Flash.cookieName, value, maxAge: 60))
        }
        return response
    }
}

/// What the next page says at its top, once: carried by a signed cookie, because the next page may be another service's.
struct Flash: Codable, Sendable {
    static let cookieName = "redress_flash"

    var text: String
    var isWarning: Bool

    func sealed(_ keys: SessionKeys) -> String {
        let data = (try? JSONEncoder().encode(self)) ?? Data()
        return keys.sealed(String(decoding: data, as: UTF8.self))
    }

    static func take(from visit: Visit) -> Flash? {
        let cookies = Request(head: visit.head, body: .init(buffer: ByteBuffer())).cookies
        guard let sealed = cookies[cookieName]?.value, let text = visit.site.keys.opened(sealed) else { return nil }
        return try? JSONDecoder().decode(Flash.self, from: Data(text.utf8))
    }
}
