import Contracts
import Foundation

/// Reads the sections of a pack, in whatever order they are written.
struct PolicyPackReader {
    let log: LoadingLog
    /// The text of a file that the pack names, and what to call it.
    let named: (String) -> NamedText

    private static let sections = [
        "id", "version", "title", "timeZone", "calendar", "currency", "channels", "categories", "severities",
        "judgement", "grading", "departments", "escalations", "assignment", "authority", "clocks", "consent",
        "callback", "returns", "rework", "document", "products", "outside", "emergency", "approval", "groups",
        "raising", "warnings", "enquiries", "firstContact", "upstream", "updates", "publication", "cases", "reports",
        "assessment", "improvement", "supervision", "surveys", "suggestions", "privacy", "retention", "ticket",
        "people", "words", "steps", "chosen",
    ]

    func read(_ root: YAMLValue) -> PolicyPack? {
        guard let pack = root.mapping(Self.sections) else { return nil }
        let id = pack.required("id")?.plainIdentifier()
        let version = pack.required("version")?.integer(in: 1...1_000_000)
        let title = pack.required("title")?.localized()
        let timeZone = pack.required("timeZone")?.timeZone()
        let calendar = pack.required("calendar").flatMap { readCalendar($0, timeZone: timeZone ?? .gmt) }
        let currency = pack.required("currency").flatMap(readCurrency)
        let organisation = readOrganisation(pack)
        let severities = pack.required("severities")?.list(readSeverity) ?? []
        let decisions = readDecisions(pack, severities: severities.map(\.severity))
        let clocks = pack.required("clocks")?.list { ClockReader(severities: severities.map(\.severity)).read($0) }
        let terms = TermsReader().read(pack)
        guard let id, let version, let title, let calendar, let currency, let decisions, let terms,
            let other = organisation.categories.first(where: \.isOther)
        else { return nil }
        var result = PolicyPack(
            stamp: PolicyStamp(id: id, version: version), title: title, calendar: calendar, currency: currency,
            channels: organisation.channels, categories: organisation.categories, otherCategory: other,
            severities: severities,
            judgement: decisions.judgement, grading: decisions.grading, departments: organisation.departments,
            escalations: organisation.escalations, assignment: decisions.assignment, authority: decisions.authority,
            clocks: clocks ?? [], consent: terms.consent, callback: terms.callback, returns: terms.returns,
            rework: terms.rework)
        result.document = pack.optional("document")?.localized()
        result.products = organisation.products
        result.outside = organisation.outside
        readDecisionSections(pack, into: &result)
        readCourses(pack, into: &result)
        readLearning(pack, into: &result)
        readOversight(pack, into: &result)
        readWords(pack, of: root, into: &result)
        return result
    }

    /// A path relative to the pack, or the calendar itself.
    private func readCalendar(_ value: YAMLValue, timeZone: TimeZone) -> WorkingCalendar? {
        var reader = WorkingCalendarReader(timeZone: timeZone)
        guard case .scalar = value.node else { return reader.read(value) }
        guard let name = value.text() else { return nil }
        let (file, found) = named(name)
        guard let text = found else {
            value.report("the calendar '\(file)' cannot be read")
            return nil
        }
        do {
            return reader.read(try composeYAML(text, file: file, log: log))
        } catch {
            for problem in error.problems { value.report(problem.description) }
            return nil
        }
    }

    private func readCurrency(_ value: YAMLValue) -> String? {
        guard let text = value.text() else { return nil }
        guard text.count == 3, text.allSatisfy({ ("A"..."Z").contains($0) }) else {
            value.report("'\(text)' is not a currency code such as CNY")
            return nil
        }
        return text
    }

    private func readSeverity(_ value: YAMLValue) -> SeverityTitle? {
        guard let mapping = value.mapping(["id", "title"]) else { return nil }
        let id = mapping.required("id").flatMap { id in
            id.identifier(of: .severity).flatMap { _ in id.choice(Severity.self) }
        }
        let title = mapping.required("title")?.localized()
        guard let id, let title else { return nil }
        return SeverityTitle(severity: id, title: title)
    }
}
