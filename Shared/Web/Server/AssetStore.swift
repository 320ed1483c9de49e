import Cryptography
import Foundation
import HTTPTypes
import Hummingbird

/// The style sheets and scripts, kept in memory. Addresses carry the digest of what they name (`?v=…`), so that browsers
/// may keep them for ever and still see every change.
package struct AssetStore: Sendable {
    private struct Asset: Sendable {
        var body: ByteBuffer
        var mediaType: String
        var tag: String
    }

    private var assets: [String: Asset] = [:]

    /// - Parameters:
    ///   - own: the folder `Shared/Web/Assets`.
    ///   - bootstrap: the folder of Debian's `libjs-bootstrap5`.
    /// - Throws: `SiteFailure` when a file is missing.
    init(own: URL, bootstrap: URL) throws(SiteFailure) {
        try load("redress.css", from: own.appendingPathComponent("redress.css"))
        try load("redress.js", from: own.appendingPathComponent("redress.js"))
        try load("icon.svg", from: own.appendingPathComponent("icon.svg"))
        try load(
            "bootstrap/bootstrap.min.css", from: bootstrap.appendingPathComponent("css/bootstrap.min.css"),
            hint: "; web.bootstrapFolder names the folder that Debian's libjs-bootstrap5 fills")
    }

    /// The address of an asset, for example `address("redress.css")` → `/assets/redress.css?v=0f3a…`.
    package func address(_ name: String) -> String { "/assets/\(name)?v=\(assets[name]?.tag ?? "")" }

    /// - Throws: `Problem` with 404.
    func response(_ name: String, _ request: Request) throws -> Response {
        guard let asset = assets[name] else { throw Problem.notFound() }
        let isVersioned = request.uri.query == "v=\(asset.tag)"
        var headers: HTTPFields = [.contentType: asset.mediaType, .eTag: "\"\(asset.tag)\""]
        headers[.cacheControl] = isVersioned ? "public, max-age=31536000, immutable" : "public, max-age=300"
        if request.headers[values: .ifNoneMatch].contains("\"\(asset.tag)\"") {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: asset.body))
    }

    private mutating func load(_ name: String, from file: URL, hint: String = "") throws(SiteFailure) {
        guard let data = try? Data(contentsOf: file) else {
            throw SiteFailure("\(file.path) cannot be read\(hint)")
        }
        let types = ["css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"]
        assets[name] = Asset(
            body: ByteBuffer(bytes: data), mediaType: types[file.pathExtension] ?? "application/octet-stream",
            tag: String(SHA256.hex(data).prefix(16)))
    }
}
