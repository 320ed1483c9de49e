import Foundation

/// A real Chromium without a window, driven through chromedriver by the WebDriver protocol (W3C).
package final class Browser: Sendable {
    private let driver: GuardedProcess
    private let folder: TemporaryFolder
    private let client: HTTPClient
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
        var client = HTTPClient(port: port)
        // A browser on a busy machine takes its time.
        client.patience = 60
        let answering = client
        try await poll("chromedriver answers") {
            (try await Self.value("GET", "/status", nil, answering) as? [String: Any])?["ready"] as? Bool == true
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
        let answer = try await Self.value("POST", "/session", capabilities, answering) as? [String: Any]
        guard let session = answer?["sessionId"] as? String else {
            throw BrowserFailure("no session: \(answer ?? [:])")
        }
        return Browser(driver: driver, folder: folder, client: answering, session: session)
    }

    private init(driver: GuardedProcess, folder: TemporaryFolder, client: HTTPClient, session: String) {
        self.driver = driver
        self.folder = folder
        self.client = client
        self.session = session
    }

    /// Closes the browser, then ends chromedriver.
    package func stop() async throws {
        _ = try? await Self.value("DELETE", "/session/\(session)", nil, client)
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
        // Bootstrap scrolls smoothly: the element would still be on its way when it is clicked.
        let scrolling = "scrollIntoView({block: 'center', behavior: 'instant'})"
        try await run("document.querySelector(arguments[0]).\(scrolling)", [selector])
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
        try await Self.value("GET", "/session/\(session)/\(path)", nil, client)
    }

    private func post(_ path: String, _ body: [String: Any]) async throws -> Any? {
        try await Self.value("POST", "/session/\(session)/\(path)", body, client)
    }

    private static func value(
        _ method: String, _ path: String, _ body: [String: Any]?, _ client: HTTPClient
    ) async throws -> Any? {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let answer = try await client.send(
            method, path, headers: ["Content-Type": "application/json"], body: data ?? Data())
        let value = answer.json["value"]
        guard answer.status == 200 else {
            let problem = value as? [String: Any]
            throw BrowserFailure("\(problem?["error"] ?? answer.status): \(problem?["message"] ?? answer.text)")
        }
        return value
    }
}

/// What the browser could not do.
package struct BrowserFailure: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
