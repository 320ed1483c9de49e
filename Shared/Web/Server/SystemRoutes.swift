import Foundation
import Hummingbird
import Runtime

/// What machines ask of every service, and the assets.
struct SystemRoutes {
    let site: Site

    func add(to router: Router<WebContext>) {
        router.get("/") { [site] _, _ in Response.redirect(to: site.settings.home, type: .found) }
        router.get("/healthz") { _, _ in "ok\n" }
        router.get("/readyz") { [site] _, context in
            let report = await site.health.report()
            return try context.json(report, status: report.isReady ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { [site] _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusText.mediaType],
                body: .init(byteBuffer: ByteBuffer(string: site.metrics.text())))
        }
        router.get("/assets/{name}") { [site] request, context in
            try site.assets.response(context.parameters.get("name") ?? "", request)
        }
        router.get("/assets/bootstrap/{name}") { [site] request, context in
            try site.assets.response("bootstrap/\(context.parameters.get("name") ?? "")", request)
        }
        router.get("/favicon.ico") { [site] request, _ in try site.assets.response("icon.svg", request) }
    }
}
