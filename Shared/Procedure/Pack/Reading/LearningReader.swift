import Contracts

extension PolicyPackReader {
    /// Cases, reports, assessment and improvement.
    func readLearning(_ pack: YAMLMapping, into result: inout PolicyPack) {
        result.cases = pack.optional("cases")?.list(readCase) ?? []
        result.reports = pack.optional("reports")?.list(readReport) ?? []
        result.assessment = pack.optional("assessment").flatMap(readAssessment)
        result.improvement = pack.optional("improvement").flatMap(readImprovement)
    }

    private func readCase(_ value: YAMLValue) -> CaseRule? {
        guard let mapping = value.mapping(["id", "title", "when", "approver", "recipients"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .caseRule)
        let title = mapping.required("title")?.localized()
        let when = mapping.required("when")?.condition(when: .handled)
        let approver = mapping.required("approver")?.text()
        let recipients = mapping.optional("recipients")?.list { $0.recipient() }
        guard let id, let title, let when, let approver else { return nil }
        return CaseRule(id: id, title: title, when: when, approver: approver, recipients: recipients ?? [])
    }

    private func readReport(_ value: YAMLValue) -> ReportRule? {
        guard let mapping = value.mapping(["id", "title", "every", "within", "to", "contents"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .report)
        let title = mapping.required("title")?.localized()
        let every = mapping.required("every")?.choice(Period.self)
        let within = mapping.required("within")?.allowance()
        let to = mapping.required("to")?.list { $0.recipient() }
        let contents = mapping.required("contents")?.list { $0.choice(ReportRule.Content.self) }
        guard let id, let title, let every, let within, let to, let contents else { return nil }
        return ReportRule(id: id, title: title, every: every, within: within, to: to, contents: contents)
    }

    private func readAssessment(_ value: YAMLValue) -> Assessment? {
        guard let mapping = value.mapping(["excluded", "indicators"]) else { return nil }
        let excluded = mapping.optional("excluded")?.condition(when: .handled)
        let indicators = mapping.required("indicators")?.list(readIndicator)
        guard let indicators else { return nil }
        return Assessment(excluded: excluded, indicators: indicators)
    }

    private func readIndicator(_ value: YAMLValue) -> Indicator? {
        guard let mapping = value.mapping(["id", "title", "measure", "clock", "by", "target"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .indicator)
        let title = mapping.required("title")?.localized()
        let measure = mapping.required("measure")?.choice(Indicator.Measure.self)
        let clock = mapping.optional("clock")?.reference(to: .clock)
        let by = mapping.required("by")?.list { $0.choice(Indicator.Subject.self) }
        let highest = measure == .averageSatisfaction ? 5 : 100
        let target = mapping.optional("target")?.integer(in: 1...highest)
        if let measure, (measure == .onTime) != (mapping.optional("clock") != nil) {
            value.report("'onTime' needs the 'clock' that it is about, and no other measure has one")
        }
        guard let id, let title, let measure, let by else { return nil }
        return Indicator(id: id, title: title, measure: measure, clock: clock, by: by, target: target)
    }

    private func readImprovement(_ value: YAMLValue) -> ImprovementTerms? {
        guard let mapping = value.mapping(["when", "auditedBy", "within"]) else { return nil }
        let when = mapping.optional("when")?.condition(when: .handled)
        let auditedBy = mapping.optional("auditedBy")?.text()
        let within = mapping.required("within")?.allowance()
        guard let within else { return nil }
        return ImprovementTerms(when: when, auditedBy: auditedBy, within: within)
    }
}
