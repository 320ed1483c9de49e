import Foundation
import TestSupport
import Testing

/// Takes pictures of pages, and looks whether they fit.
struct Camera: Sendable {
    static let languages = ["en", "zh-Hans"]
    static let widths = [1280, 390]

    let browser: Browser
    let folder: URL

    init(browser: Browser) throws {
        self.browser = browser
        folder =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../.build/screenshots").standardizedFileURL
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Takes the page that is open in both languages and both widths; it is open again in Chinese afterwards. No page
    /// has to be scrolled sideways, and none shows a sentence that was not translated.
    func take(_ name: String) async throws {
        let address = try await browser.address()
        for language in Self.languages {
            try await browser.open(Self.address(address, in: language))
            for width in Self.widths {
                try await browser.resize(width: width, height: width < 600 ? 844 : 900)
                #expect(try await browser.overflow() <= 0, "\(name) in \(language) is too wide for \(width) pixels")
                try await keep("\(name).\(language).\(width)")
            }
            let text = try await browser.text()
            #expect(!text.contains("⟦"), "\(name) in \(language) lacks a translation")
        }
        try await browser.resize(width: 1280, height: 900)
    }

    func keep(_ name: String) async throws {
        try await browser.screenshot().write(to: folder.appendingPathComponent("\(name).png"))
    }

    /// The same page in another language.
    private static func address(_ address: String, in language: String) -> String {
        guard var parts = URLComponents(string: address) else { return address }
        let others = (parts.queryItems ?? []).filter { $0.name != "lang" }
        parts.queryItems = others + [URLQueryItem(name: "lang", value: language)]
        return parts.string ?? address
    }
}
