import Foundation
import Testing

/// Documentation that points at what is not there is worse than none.
@Suite struct DocumentationTests {
    struct Link: Hashable {
        var document: String
        var target: String
    }

    static let documents =
        Repository.files(below: "docs", withExtension: "md") + (Repository.exists("README.md") ? ["README.md"] : [])

    @Test("Every link of a document leads to a file that is there", arguments: documents)
    func links(document: String) throws {
        let text = try Repository.text(document)
        let folder = (document as NSString).deletingLastPathComponent
        for match in text.matches(of: /\]\(([^)\s]+)\)/) {
            let link = String(match.1)
            if link.contains("://") || link.hasPrefix("mailto:") { continue }
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let path = parts[0].isEmpty ? document : standardized("\(folder)/\(parts[0])")
            #expect(Repository.exists(path), "\(document) links to \(link)")
            if parts.count == 2, path.hasSuffix(".md"), Repository.exists(path) {
                #expect(try anchors(of: path).contains(String(parts[1])), "\(document) links to \(link)")
            }
        }
    }

    private func standardized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// The anchors that a document's headings get.
    private func anchors(of document: String) throws -> Set<String> {
        let headings = try Repository.text(document).split(separator: "\n").filter { $0.hasPrefix("#") }
        return Set(
            headings.map { heading in
                heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                    .replacing(/[^\p{L}\p{N} _-]/, with: "").replacing(" ", with: "-")
            })
    }
}
