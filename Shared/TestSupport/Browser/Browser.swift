import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A real Chromium without a window, driven through chromedriver by the WebDriver protocol (W3C).
package final class Browser: Sendable {
    private let driver: GuardedProcess
    private let folder: TemporaryFolder
    private let base: String
    private let session: String

    /// Starts chromedriver and one browser.
    package static func start() async throws -> Browser {
        let folder = try TemporaryFolder()
        let port = try FreePorts.choose(1)[0]
        let driver = try await onThread {
            try GuardedProcess(
                "/usr/bin/chromedriver", ["--port=\(port)", "--allowed-ips=127.0.0.1", "--log-level=WARNING"],
                environment: ["PATH": "/usr/bin:/bin", "HOME": folder.url.path, "LANG": "C.UTF-8"],
                logFile: folder.path("chromedriver.log"), pidFile: folder.path("chromedriver.pid"))
        }
        let base = "http://127.0.0.1:\(port)"
        try await poll("chromedriver answers") {
            try await Self.send("GET", "\(base)/status", nil)["ready"] as? Bool == true
        }
        let options: [String: Any] = [
            "binary": "/usr/bin/chromium",
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--disable-extensions", "--no-first-run", "--lang=zh-CN", "--force-device-scale-factor=1",
                "--user-data-dir=\(folder.path("profile"))",
            ],
        ]
        let capabilities: [String: Any] = [
            "capabilities": ["alwaysMatch": ["browserName": "chrome", "goog:chromeOptions": options]]
        ]
        let answer = try await Self.send("POST", "\(base)/session", capabilities)
        guard let session = answer["sessionId"] as? String else { throw BrowserFailure("no session: \(answer)") }
        return Browser(driver: driver, folder: folder, base: base, session: session)
    }

    private init(driver: GuardedProcess, folder: TemporaryFolder, base: String, session: String) {
        self.driver = driver
        self.folder = folder
        self.base = base
        self.session = session
    }

    /// Closes the browser, then ends chromedriver.
    package func stop() async throws {
        _ = try? await Self.send("DELETE", "\(base)/session/\(session)", nil)
        try driver.signal(SIGTERM)
        _ = try await onThread { [driver] in driver.waitUntilEnd() }
    }

    // MARK: Pages

    /// Goes to an address and waits until the page is there.
    package func open(_ address: String) async throws { _ = try await post("url", ["url": address]) }

    /// The address of the page.
    package func address() async throws -> String { try await get("url") as? String ?? "" }

    /// The page's text, as somebody sees it.
    package func text() async throws -> String { try await run("return document.body.innerText") as? String ?? "" }

    /// Runs JavaScript and returns what it returns.
    @discardableResult
    package func run(_ script: String, _ arguments: [Any] = []) async throws -> Any? {
        try await post("execute/sync", ["script": script, "args": arguments])
    }

    // MARK: Elements, by CSS selector

    /// True when the page has such an element.
    package func has(_ selector: String) async throws -> Bool {
        try await run("return document.querySelector(arguments[0]) !== null", [selector]) as? Bool ?? false
    }

    /// The text of an element.
    package func text(of selector: String) async throws -> String {
        let element = try await find(selector)
        return try await get("element/\(element)/text") as? String ?? ""
    }

    /// Clicks like a mouse does, after bringing the element into view.
    package func click(_ selector: String) async throws {
        let element = try await find(selector)
        _ = try await run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", [selector])
        _ = try await post("element/\(element)/click", [:])
    }

    /// Types into a field in place of what is there.
    package func type(_ text: String, into selector: String) async throws {
        let element = try await find(selector)
        _ = try await post("element/\(element)/clear", [:])
        _ = try await post("element/\(element)/value", ["text": text])
    }

    /// Sets the value of a field that a keyboard types differently in every language, such as a date.
    package func set(_ value: String, of selector: String) async throws {
        _ = try await find(selector)
        _ = try await run("document.querySelector(arguments[0]).value = arguments[1]", [selector, value])
    }

    /// Sends the form that an element is in, by its button, and waits for the next page.
    package func submit(_ form: String) async throws {
        _ = try await run("document.body.dataset.before = 'yes'")
        try await click("\(form) button[type=submit]")
        try await poll("the form \(form) leads on") {
            try await self.run(
                "return document.readyState === 'complete' && document.body.dataset.before === undefined") as? Bool
                ?? false
        }
    }

    private func find(_ selector: String) async throws -> String {
        let found = try await post("element", ["using": "css selector", "value": selector]) as? [String: Any]
        guard let id = found?["element-6066-11e4-a52e-4f735466cecf"] as? String else {
            throw BrowserFailure("no element \(selector)")
        }
        return id
    }

    // MARK: Size and pictures

    /// Makes the page as wide as a screen or a phone.
    package func resize(width: Int, height: Int) async throws {
        _ = try await command(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
    }

    /// The whole page as PNG, also what lies below the fold.
    package func screenshot() async throws -> Data {
        let metrics = try await command("Page.getLayoutMetrics", [:]) as? [String: Any]
        guard let size = metrics?["cssContentSize"] as? [String: Any], let width = size["width"],
            let height = size["height"]
        else { throw BrowserFailure("no size of the page") }
        let clip: [String: Any] = ["x": 0, "y": 0, "width": width, "height": height, "scale": 1]
        let picture = try await command(
            "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true, "clip": clip])
        guard let text = (picture as? [String: Any])?["data"] as? String, let data = Data(base64Encoded: text) else {
            throw BrowserFailure("no picture")
        }
        return data
    }

    /// How many pixels the page is wider than the screen: 0 when nothing has to be scrolled sideways.
    package func overflow() async throws -> Int {
        try await run("return document.documentElement.scrollWidth - document.documentElement.clientWidth") as? Int ?? 0
    }

    /// A command of the Chrome DevTools protocol.
    private func command(_ name: String, _ parameters: [String: Any]) async throws -> Any? {
        try await post("goog/cdp/execute", ["cmd": name, "params": parameters])
    }

    // MARK: WebDriver

    private func get(_ path: String) async throws -> Any? {
        try await Self.value("GET", "\(base)/session/\(session)/\(path)", nil)
    }

    private func post(_ path: String, _ body: [String: Any]) async throws -> Any? {
        try await Self.value("POST", "\(base)/session/\(session)/\(path)", body)
    }

    private static func send(_ method: String, _ address: String, _ body: [String: Any]?) async throws -> [String: Any]
    {
        try await value(method, address, body) as? [String: Any] ?? [:]
    }

    private static func value(_ method: String, _ address: String, _ body: [String: Any]?) async throws -> Any? {
        guard let url = URL(string: address) else { throw BrowserFailure("no URL: \(address)") }
        var request = URLRequest(url: url, timeoutInterval: 60)
        request.httpMethod = method
        if let body {
            request.httpBody = try JSONSerialization.data(withJSONObject: body)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let value = json?["value"]
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            let problem = value as? [String: Any]
            throw BrowserFailure("\(problem?["error"] ?? "?"): \(problem?["message"] ?? "?")")
        }
        return value
    }
}

/// What the browser could not do.
package struct BrowserFailure: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
