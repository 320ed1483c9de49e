import Foundation

/// The text of a pack and of the calendar that it names: all that is needed to have the same pack again.
package struct PolicySource: Hashable, Sendable {
    /// What problems call it.
    package var file: String
    package var text: String
    /// The calendar's text; absent when the calendar is written in the pack.
    package var calendar: String?

    package init(file: String, text: String, calendar: String? = nil) {
        self.file = file
        self.text = text
        self.calendar = calendar
    }

    /// Reads a pack's file, and beside it the calendar that it names.
    ///
    /// - Throws: `PolicyInvalid` when the file cannot be read.
    package static func read(file: String) throws(PolicyInvalid) -> PolicySource {
        let text = try readText(file)
        var calendar: String?
        if let name = calendarName(in: text) { calendar = try? readText(path(of: name, beside: file)) }
        return PolicySource(file: file, text: text, calendar: calendar)
    }

    /// Reads the pack.
    ///
    /// - Throws: `PolicyInvalid` with everything that is wrong.
    package func load() throws(PolicyInvalid) -> PolicyPack {
        try PolicyPack.parse(text, file: file) { [file, calendar] name in
            (path(of: name, beside: file), calendar)
        }
    }

    /// The calendar's file as the pack names it; nil when it is written in place or missing.
    private static func calendarName(in text: String) -> String? {
        let log = LoadingLog()
        guard let root = try? composeYAML(text, file: "", log: log), case .mapping(let mapping) = root.node else {
            return nil
        }
        return mapping["calendar"]?.scalar?.string
    }
}
