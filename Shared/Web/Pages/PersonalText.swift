import Foundation

/// Personal data that can be recognised in free text by their form (M18, W21).
package enum PersonalText {
    /// The text with every e-mail address replaced.
    package static func replacingEmails(in text: String, by replacement: (String) -> String) -> String {
        text.replacing(/[A-Za-z0-9_.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+/) { replacement(String($0.output)) }
    }

    /// The text with everything replaced that looks like a telephone or identity number; the numbers of tickets stay.
    package static func replacingNumbers(in text: String, by replacement: (String) -> String) -> String {
        text.replacing(/C[0-9]{8}-[0-9A-Z]{2}-[0-9]{6,9}(?![0-9])|\+?[0-9][0-9 \-]{5,20}[0-9Xx]/) { match in
            let found = String(match.output)
            return isPersonal(found) ? replacement(found) : found
        }
    }

    /// Neither the number of a ticket, which alone begins with a letter here, nor a date.
    private static func isPersonal(_ found: String) -> Bool {
        guard !found.hasPrefix("C"), found.filter(\.isNumber).count >= 7 else { return false }
        return found.prefixMatch(of: /(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}/) == nil
    }
}
