import Contracts

/// Reads clocks. A clock that nothing stops does not load.
struct ClockReader {
    let severities: [Severity]

    private static let events: Set<String> = Set(
        MessageCatalogue.all.map { "\($0.type.noun).\($0.type.verb)" })
    private static let clocked = events.subtracting(Clock.unclocked)

    func read(_ value: YAMLValue) -> Clock? {
        let keys = [
            "id", "title", "starts", "stops", "within", "warn", "pauses", "urges", "escalates", "extension",
        ]
        guard let mapping = value.mapping(keys) else { return nil }
        let id = mapping.required("id")?.identifier(of: .clock)
        let title = mapping.required("title")?.localized()
        let starts = mapping.required("starts").flatMap { readEvent($0, allowing: [Clock.heard, Clock.dissatisfied]) }
        let stops = readStops(mapping, starts: starts)
        let limit = mapping.required("within").flatMap { readLimit($0, starts: starts) }
        let warnings = mapping.optional("warn").flatMap(readWarnings)
        let pauses = mapping.optional("pauses")?.oneOrMore { $0.choice(Clock.Pause.self) }
        let urges = mapping.optional("urges")?.choice(Clock.Addressee.self)
        let escalation = mapping.optional("escalates").flatMap(readEscalation)
        let extending = mapping.optional("extension").flatMap(readExtending)
        guard let id, let title, let starts, let limit else { return nil }
        return Clock(
            id: id, title: title, starts: starts, stops: stops, within: limit, warnings: warnings ?? [50, 80],
            pauses: Set(pauses ?? []), urges: urges ?? .owner, escalation: escalation, extending: extending)
    }

    /// `true`, `false`, or the id of a department, an escalation target or a party outside.
    private func readEscalation(_ value: YAMLValue) -> Clock.Escalation? {
        switch value.scalar("true, false, or the id of a department or escalation") {
        case nil, "false": nil
        case "true": .next
        default: value.reference(to: .department, .escalation, .outside).map { .to($0) }
        }
    }

    private func readExtending(_ value: YAMLValue) -> Clock.Extending? {
        guard let mapping = value.mapping(["atMost", "approvedBy"]) else { return nil }
        let atMost = mapping.required("atMost")?.allowance()
        let approver = mapping.required("approvedBy")?.choice(Clock.Extending.Approver.self)
        if atMost == .sameDay {
            mapping.optional("atMost")?.report("'same day' is no length of time to extend a clock by")
        }
        guard let atMost, let approver else { return nil }
        return Clock.Extending(atMost: atMost, approvedBy: approver)
    }

    private func readEvent(_ value: YAMLValue, allowing extra: Set<String> = []) -> String? {
        guard let name = value.scalar("an event such as case.assigned") else { return nil }
        let known = Self.clocked.union(extra)
        guard known.contains(name) else {
            let isEvent = Self.events.contains(name)
            let reason = isEvent ? "no clock goes by '\(name)'" : "there is no event '\(name)'"
            value.report(reason + (isEvent ? "" : Suggestion.text(for: name, among: known)))
            return nil
        }
        return name
    }

    private func readStops(_ mapping: YAMLMapping, starts: String?) -> Set<String> {
        guard let value = mapping.optional("stops") else {
            mapping.value.report("'stops' is missing: the clock would have no end")
            return []
        }
        let stops = value.oneOrMore { member -> String? in
            let event = readEvent(member)
            if let event, event == starts { member.report("'\(event)' starts the clock and cannot stop it") }
            return event
        }
        return Set(stops ?? [])
    }

    private func readLimit(_ value: YAMLValue, starts: String?) -> Clock.Limit? {
        guard case .mapping = value.node else { return value.allowance().map { .same($0) } }
        guard let mapping = value.mapping(severities.map(\.rawValue)) else { return nil }
        if let starts, [Clock.heard, "complaint.received"].contains(starts) {
            value.report("a clock that starts with '\(starts)' has one limit: the severity is not known yet")
        }
        var table: [Severity: Allowance] = [:]
        for severity in severities { table[severity] = mapping.required(severity.rawValue)?.allowance() }
        return .bySeverity(table)
    }

    private func readWarnings(_ value: YAMLValue) -> [Int]? {
        let warnings = value.list { $0.integer(in: 1...99) } ?? []
        if warnings != warnings.sorted() || Set(warnings).count != warnings.count {
            value.report("warnings ascend and differ, for example [50, 80]")
        }
        return warnings
    }
}
