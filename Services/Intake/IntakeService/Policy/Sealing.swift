import Contracts
import Foundation

/// Who reported misconduct (举报人). It is kept by Intake's store alone: no message, no other service and no page that is
/// not asked for it with a reason has it. Rule W21.
package struct Reporter: Hashable, Sendable, Codable {
    package var complainant: Complainant
    /// The sign-in name of the colleague who reported, or took the report down.
    package var recordedBy: String?
    /// An order can be looked up: its number says who it belongs to.
    package var orderNumber: String?

    package init(complainant: Complainant, recordedBy: String? = nil, orderNumber: String? = nil) {
        self.complainant = complainant
        self.recordedBy = recordedBy
        self.orderNumber = orderNumber
    }

    /// Every text that tells who it is, the longest first, so that a part never hides before the whole.
    var identifying: [String] {
        [complainant.name, complainant.phone, complainant.email, complainant.address, recordedBy, orderNumber]
            .compactMap { $0?.trimmingCharacters(in: .whitespaces) }.filter { $0.count >= 2 }
            .sorted { $0.count > $1.count }
    }
}

/// Takes a reporter's identity out of what other services and colleagues get to see.
package enum Sealing {
    /// Stands where the reporter's own name or number stood in a text.
    package static let mark = "【举报人】"

    /// The report without its reporter, and the reporter apart.
    package static func seal(_ draft: ComplaintDraft) -> (report: ComplaintDraft, reporter: Reporter) {
        let reporter = Reporter(
            complainant: draft.complainant, recordedBy: draft.recordedBy, orderNumber: draft.about.orderNumber)
        var report = draft
        report.isSealed = true
        report.complainant = Complainant()
        report.recordedBy = nil
        report.about.orderNumber = nil
        report.about.product = draft.about.product.map { redact($0, reporter) }
        report.reason = draft.reason.map { redact($0, reporter) }
        report.narrative = redact(draft.narrative, reporter)
        report.request = draft.request.map { redact($0, reporter) }
        report.settledOutcome = draft.settledOutcome.map { redact($0, reporter) }
        // Whoever reports about themselves is no secret to themselves, but must not be named to others either.
        report.concerned = draft.concerned.filter { $0 != draft.recordedBy }
        return (report, reporter)
    }

    /// A text in which the reporter is not named. People sign what they write, and give numbers with spaces.
    package static func redact(_ text: String, _ reporter: Reporter) -> String {
        reporter.identifying.reduce(text) { text, secret in replace(secret, in: text) }
    }

    /// The name of a file may be a person's: only its kind is kept.
    package static func neutral(_ evidence: [EvidenceReference]) -> [EvidenceReference] {
        evidence.enumerated().map { index, file in
            var file = file
            let kind = file.name.split(separator: ".").last.map(String.init) ?? ""
            let isKind = file.name.contains(".") && (1...5).contains(kind.count) && kind.allSatisfy(\.isASCII)
            file.name = "evidence-\(index + 1)" + (isKind ? ".\(kind.lowercased())" : "")
            return file
        }
    }

    private static func replace(_ secret: String, in text: String) -> String {
        let letters = Array(secret.filter { !separators.contains($0) }).map {
            NSRegularExpression.escapedPattern(for: String($0))
        }
        guard letters.count >= 2 else { return text }
        // A number is the same number however it is grouped: 139-0001-0001.
        let pattern = letters.joined(separator: #"[\s\-·()]*"#)
        guard let expression = try? NSRegularExpression(pattern: pattern, options: .caseInsensitive) else {
            return text
        }
        let range = NSRange(text.startIndex..., in: text)
        return expression.stringByReplacingMatches(in: text, range: range, withTemplate: mark)
    }

    private static let separators = Set(" -·()")
}
