import Foundation
import Procedure

/// A shipped pack with some of its sections replaced, or others added, for tests of what the shipped packs do not say.
package struct PackSections {
    private var sections: [(key: String, text: String)] = []
    private let folder: URL

    /// - Parameter file: a pack; its calendar stays where it is.
    package init(file: URL) throws {
        folder = file.deletingLastPathComponent()
        for line in try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if let key = line.firstMatch(of: /^([A-Za-z]+):/)?.1 {
                sections.append((String(key), String(line)))
            } else if !sections.isEmpty {
                sections[sections.count - 1].text += "\n" + line
            }
        }
        let calendar = folder.deletingLastPathComponent().appendingPathComponent("calendars/cn-office.yaml").path
        set("calendar", "calendar: \(calendar)")
        // What a pack says of its own choices names places that may be gone.
        remove("chosen")
    }

    package mutating func remove(_ key: String) { sections.removeAll { $0.key == key } }

    /// Puts a section, with its key, in the place of the pack's own.
    package mutating func set(_ key: String, _ text: String) {
        if let index = sections.firstIndex(where: { $0.key == key }) {
            sections[index].text = text
        } else {
            sections.append((key, text))
        }
    }

    /// Replaces a piece of one section.
    package mutating func replace(_ piece: String, by other: String, in key: String) {
        guard let index = sections.firstIndex(where: { $0.key == key }) else { return }
        sections[index].text = sections[index].text.replacingOccurrences(of: piece, with: other)
    }

    /// Writes the pack into a folder and reads it.
    package func load(in folder: URL) throws -> PolicyPack {
        let file = folder.appendingPathComponent("pack-\(UUID().uuidString).yaml")
        try Data(sections.map(\.text).joined(separator: "\n").utf8).write(to: file)
        return try PolicyPack.load(file: file.path)
    }
}
