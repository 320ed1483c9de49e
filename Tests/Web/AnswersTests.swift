import Foundation
import TestSupport
import Testing
import Web

/// What every service answers, over a real connection.
@Suite struct AnswersTests {
    @Test("Health, readiness and metrics")
    func machines() async throws {
        let test = try TestSite()
        test.site.health.register("store") { .ok }
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            #expect(try await client.get("/healthz").status == 200)
            let ready = try await client.get("/readyz")
            #expect(ready.status == 200)
            #expect(ready.json["state"] as? String == "ok")
            test.site.health.register("broker") { .failed("no connection") }
            #expect(try await client.get("/readyz").status == 503)
            #expect(try await client.get("/healthz").status == 200)
            let metrics = try await client.get("/metrics")
            #expect(metrics.status == 200)
            #expect(metrics["content-type"]?.hasPrefix("text/plain") == true)
        }
    }

    @Test(
        "An unknown address is 404, another method at a known one is 405 with Allow",
        arguments: [
            ("GET", "/nowhere", 404, nil), ("POST", "/nowhere", 404, nil),
            ("POST", "/routing", 405, "GET, HEAD, OPTIONS"),
            ("DELETE", "/routing/", 405, "GET, HEAD, OPTIONS"),
            ("GET", "/routing/api/complaints/x/judgement", 405, "OPTIONS, POST"),
            ("OPTIONS", "/open/echo", 204, "OPTIONS, POST"), ("PATCH", "/healthz", 405, "GET, HEAD, OPTIONS"),
            ("POST", "/open/new", 405, "GET, HEAD, OPTIONS"), ("HEAD", "/healthz", 200, nil),
            ("PROPFIND", "/routing/", 405, "GET, HEAD, OPTIONS"), ("LOCK", "/open/echo", 405, "OPTIONS, POST"),
            ("PROPFIND", "/routing/api/complaints/x/judgement", 405, "OPTIONS, POST"),
            ("PROPFIND", "/nowhere", 404, nil),
        ])
    func methods(method: String, path: String, status: Int, allow: String?) async throws {
        let test = try TestSite()
        let answer = try await withServer(test.site, routes: TestSite.addRoutes) { client in
            try await client.send(method, path)
        }
        #expect(answer.status == status)
        #expect(answer["allow"] == allow)
    }

    @Test("An unknown address has a page for people and a problem for programs, in their language")
    func unknownAddress() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let page = try await client.get("/nowhere", headers: ["Accept": "text/html"])
            #expect(page.status == 404)
            #expect(page.text.contains("<h1>找不到</h1>"))
            let problem = try await client.get("/routing/api/nowhere", headers: ["Accept-Language": "en"])
            #expect(problem["content-type"] == "application/problem+json; charset=utf-8")
            #expect(problem.json["title"] as? String == "Not found")
            #expect(problem.json["status"] as? Int == 404)
            let wrongMethod = try await client.send("DELETE", "/healthz", headers: ["Accept": "text/html"])
            #expect(wrongMethod.text.contains("<h1>方法不允许</h1>"))
        }
    }

    @Test("An internal error shows its id and nothing else")
    func internalError() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let page = try await client.get("/open/broken", headers: ["Accept": "text/html"])
            let json = try await client.get("/open/broken", headers: ["Accept": "application/json"])
            for answer in [page, json] {
                #expect(answer.status == 500)
                #expect(!answer.text.contains("hunter2"))
                #expect(!answer.text.contains("InternalMistake"))
                let request = try #require(answer["x-request-id"])
                #expect(answer.text.contains(request))
            }
            #expect(json["content-type"] == "application/problem+json; charset=utf-8")
        }
    }

    @Test(
        "A body that cannot be used is named, and is never our mistake",
        arguments: [
            ("application/json", "{\"text\": ", 400), ("application/json", "[1]", 400), ("application/json", "", 400),
            ("application/json", "{\"text\": 5}", 422), ("application/json", "{}", 422),
            ("application/json", "\u{0}", 400), ("text/plain", "hello", 415), ("nonsense", "hello", 415),
            ("application/x-www-form-urlencoded", "text=%zz", 400),
            ("application/x-www-form-urlencoded", "text=%ff", 400),
            ("application/x-www-form-urlencoded", "=&=&&", 422), ("multipart/form-data", "hello", 400),
            ("multipart/form-data; boundary=x", "--x\r\nnonsense\r\n\r\n--x--", 400),
            ("multipart/form-data; boundary=x", "--x\r\n", 400),
        ])
    func badBodies(type: String, body: String, status: Int) async throws {
        let test = try TestSite()
        let answer = try await withServer(test.site, routes: TestSite.addRoutes) { client in
            try await client.send(
                "POST", "/open/echo", headers: ["Content-Type": type, "Accept": "application/json"],
                body: Data(body.utf8))
        }
        #expect(answer.status == status)
        #expect(answer["content-type"]?.hasPrefix("application/problem+json") == true)
        if status == 422 { #expect(answer.pointers == ["/text"]) }
    }

    @Test("Malformed JSON is told where it is wrong")
    func whereJSONIsWrong() async throws {
        let test = try TestSite()
        let answer = try await withServer(test.site, routes: TestSite.addRoutes) { client in
            try await client.post(
                "/open/echo", json: "{\n  \"text\": nope\n}",
                headers: ["Accept": "application/json", "Accept-Language": "en"])
        }
        #expect(answer.status == 400)
        #expect((answer.json["detail"] as? String)?.contains("line 2") == true)
    }

    @Test("A body over the limit is 413, announced or not")
    func tooLarge() async throws {
        let test = try TestSite(bodyLimit: 1000)
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let body = "{\"text\": \"\(String(repeating: "a", count: 2000))\"}"
            let announced = try await client.post("/open/echo", json: body, headers: ["Accept": "application/json"])
            #expect(announced.status == 413)
            let chunks = "7D0\r\n\(String(repeating: "a", count: 2000))\r\n0\r\n\r\n"
            let chunked = try await client.exchange(
                Data(
                    """
                    POST /open/echo HTTP/1.1\r
                    Host: x\r
                    Connection: close\r
                    Content-Type: application/json\r
                    Transfer-Encoding: chunked\r
                    \r
                    \(chunks)
                    """.utf8))
            #expect(chunked.status == 413)
        }
    }

    @Test("Every answer has the headers that protect people")
    func headers() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            for path in ["/signin", "/nowhere", "/healthz", "/open/broken"] {
                let answer = try await client.get(path)
                #expect(answer["x-content-type-options"] == "nosniff")
                #expect(answer["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
                #expect(answer["content-security-policy"]?.contains("unsafe") == false)
                #expect(answer["cache-control"] == "no-store")
            }
        }
    }

    @Test("Assets are cached by their digest, and nothing beside them is served")
    func assets() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            for name in ["bootstrap/bootstrap.min.css", "redress.css", "redress.js", "icon.svg"] {
                let address = test.site.assets.address(name)
                let answer = try await client.get(address)
                #expect(answer.status == 200)
                #expect(answer["cache-control"] == "public, max-age=31536000, immutable")
                let tag = try #require(answer["etag"])
                #expect(try await client.get(address, headers: ["If-None-Match": tag]).status == 304)
            }
            for path in [
                "/assets/../Strings/en.yaml", "/assets/%2e%2e/Package.swift", "/assets/bootstrap/..%2f..%2fx",
                "/assets/bootstrap/bootstrap.css.map", "/assets/",
            ] {
                #expect(try await client.get(path).status == 404)
            }
        }
    }

    @Test("The page speaks the language of the address, the cookie, the browser, in this order; else Chinese")
    func languages() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            func language(_ path: String, _ headers: [String: String]) async throws -> String? {
                try await client.get(path, headers: headers)["content-language"]
            }
            #expect(try await language("/signin", [:]) == "zh-Hans")
            #expect(try await language("/signin", ["Accept-Language": "fr, en;q=0.8, zh;q=0.5"]) == "en")
            let both = ["Accept-Language": "zh-CN", "Cookie": "redress_language=en"]
            #expect(try await language("/signin", both) == "en")
            #expect(try await language("/signin?lang=zh-Hans", both) == "zh-Hans")
            let set = try await client.get("/signin?lang=en")
            #expect(set.cookie("redress_language") == "en")
            #expect(try await client.get("/signin?lang=fr").cookie("redress_language") == nil)
        }
    }

    @Test("What the next page is to say is said once, and only when we wrote it")
    func flash() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let answer = try await client.get("/open/flash")
            #expect(answer.status == 303)
            var next = client
            next.cookies["redress_flash"] = answer.cookie("redress_flash")
            let shown = try await next.get("/signin")
            #expect(shown.text.contains("用户名或密码不对。"))
            #expect(shown.cookie("redress_flash")?.isEmpty == true)
            next.cookies["redress_flash"] = "eyJ0ZXh0IjoiZXZpbCJ9.AAAA"
            #expect(try await !next.get("/signin").text.contains("evil"))
        }
    }

    @Test("Fields come the same from JSON, from a form and with files")
    func bodies() async throws {
        let test = try TestSite()
        try await withServer(test.site, routes: TestSite.addRoutes) { client in
            let json = try await client.post("/open/echo", json: "{\"text\": \" 你好 \"}")
            #expect(json.text == "[\"你好\"]")
            #expect(try await client.post("/open/echo", form: [("text", "a+b & c=你")]).text == "[\"a+b & c=你\"]")
            let multipart =
                "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n两行\r\n字\r\n--XX\r\n"
                + "Content-Disposition: form-data; name=\"evidence\"; filename=\"C:\\\\dir\\\\照片.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n\u{1}\u{2}\r\n--X\r\n--XX\r\n"
                + "Content-Disposition: form-data; name=\"evidence\"; filename=\"\"\r\n\r\n\r\n--XX--\r\n"
            let answer = try await client.send(
                "POST", "/open/echo", headers: ["Content-Type": "multipart/form-data; boundary=XX"],
                body: Data(multipart.utf8))
            #expect(answer.text == "[\"两行\\r\\n字\",\"照片.jpg image/jpeg 7\"]")
        }
    }
}
