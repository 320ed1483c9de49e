import Foundation

/// The sources that these tests read.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// Every file below a folder with an extension, as paths from the root, in order.
    static func files(below folder: String, withExtension suffix: String) -> [String] {
        let base = root.appending(path: folder)
        let enumerator = FileManager.default.enumerator(atPath: base.path)
        return (enumerator?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".\(suffix)") }.map { "\(folder)/\($0)" }.sorted()
    }

    static func swiftFiles(below folders: String...) -> [SourceFile] {
        folders.flatMap { files(below: $0, withExtension: "swift") }.compactMap { path in
            (try? text(path)).map { SourceFile(path: path, text: $0) }
        }
    }
}

/// A Swift file by lines.
struct SourceFile: Sendable {
    let path: String
    let text: String

    var lines: [(number: Int, text: Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0.offset + 1, $0.element) }
    }

    /// The modules that the file imports.
    var imports: Set<String> {
        Set(
            lines.compactMap { line in
                let words = line.text.split(separator: " ").filter {
                    !$0.hasPrefix("@") && $0 != "public" && $0 != "package"
                }
                guard words.first == "import", words.count >= 2 else { return nil }
                // `import struct Foundation.Date` names the module before the dot.
                let name =
                    ["struct", "class", "enum", "protocol", "func", "var", "let"].contains(words[1])
                    ? words[2] : words[1]
                return String(name.prefix { $0 != "." })
            })
    }

    /// The code of each line: comments and the contents of text literals left out, so that words in them do not count.
    var code: [(number: Int, text: String)] {
        var isInText = false
        return lines.map { line in
            let text = String(line.text)
            if text.contains("\"\"\"") {
                isInText.toggle()
                return (line.number, isInText ? String(text.prefix { $0 != "\"" }) : "")
            }
            if isInText { return (line.number, "") }
            return (line.number, Self.withoutTextsAndComments(text))
        }
    }

    /// A line up to its comment, with nothing between quotation marks.
    private static func withoutTextsAndComments(_ line: String) -> String {
        var kept: [UInt8] = []
        var isInText = false
        var isEscaped = false
        var previous: UInt8 = 0
        for byte in line.utf8 {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                    kept.append(byte)
                }
            } else {
                if byte == UInt8(ascii: "/"), previous == byte {
                    return String(decoding: kept.dropLast(), as: UTF8.self)
                }
                isInText = byte == UInt8(ascii: "\"")
                kept.append(byte)
            }
            previous = byte
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
