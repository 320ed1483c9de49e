import Foundation
import Procedure
import Yams

extension RehearsalStory {
    /// Reads a story and the pack that it names, which stands in the file relative to it.
    /// - Throws: `CommandFailure` with everything that is wrong, each with its line and column.
    static func load(_ file: String) throws -> RehearsalStory {
        do {
            return try parse(try readText(file), file: file)
        } catch {
            throw CommandFailure.refused("the story does not load\n\(error)")
        }
    }

    static func parse(_ text: String, file: String) throws(PolicyInvalid) -> RehearsalStory {
        let log = LoadingLog()
        let root = try composeYAML(text, file: file, log: log)
        guard let pack = try pack(root, of: file) else { throw PolicyInvalid(problems: log.problems) }
        let story = StoryReader(pack: pack).read(root)
        guard log.problems.isEmpty, let story else { throw PolicyInvalid(problems: log.problems) }
        return story
    }

    /// The pack comes first: whatever else stands in a story is understood by it.
    private static func pack(_ root: YAMLValue, of file: String) throws(PolicyInvalid) -> PolicyPack? {
        guard case .mapping(let mapping) = root.node, let node = mapping["policy"] else {
            root.report("'policy' is missing: the pack's file, relative to the story")
            return nil
        }
        let value = YAMLValue(node: node, path: "policy", file: file, log: root.log)
        guard let name = value.text() else { return nil }
        let folder = (file as NSString).deletingLastPathComponent
        return try PolicyPack.load(file: (folder as NSString).appendingPathComponent(name))
    }
}
