import Contracts

extension PolicyPackReader {
    /// Supervision, surveys, suggestions, privacy and retention.
    func readOversight(_ pack: YAMLMapping, into result: inout PolicyPack) {
        result.supervision = pack.optional("supervision").flatMap(readSupervision)
        result.surveys = pack.optional("surveys")?.list(readSurvey) ?? []
        result.suggestions = pack.optional("suggestions").flatMap(readSuggestions)
        result.privacy = pack.optional("privacy").flatMap(readPrivacy)
        result.retention = pack.optional("retention").flatMap(readRetention)
    }

    private func readSupervision(_ value: YAMLValue) -> SupervisionTerms? {
        let keys = ["group", "inspectors", "samplePercent", "every", "rectifyWithin", "followed"]
        guard let mapping = value.mapping(keys) else { return nil }
        let group = mapping.required("group")?.localized()
        let inspectors = mapping.required("inspectors")?.list { $0.text() }
        let percent = mapping.required("samplePercent")?.integer(in: 0...100)
        let every = mapping.required("every")?.choice(Period.self)
        let rectifyWithin = mapping.required("rectifyWithin")?.allowance()
        let followed = mapping.optional("followed")?.mapping(["when", "by"])
        let when = followed?.required("when")?.condition(when: .handled)
        let by = followed?.required("by")?.list { $0.recipient() }
        guard let group, let inspectors, let percent, let every, let rectifyWithin else { return nil }
        var terms = SupervisionTerms(
            group: group, inspectors: inspectors, samplePercent: percent, every: every, rectifyWithin: rectifyWithin)
        if let when, let by { terms.followed = SupervisionTerms.Followed(when: when, by: by) }
        return terms
    }

    private func readSurvey(_ value: YAMLValue) -> SurveyRule? {
        guard let mapping = value.mapping(["id", "title", "every", "subjects", "byThirdParty"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .survey)
        let title = mapping.required("title")?.localized()
        let every = mapping.required("every")?.choice(Period.self)
        let subjects = mapping.required("subjects")?.list { $0.localized() }
        let byThirdParty = mapping.optional("byThirdParty")?.boolean()
        guard let id, let title, let every, let subjects else { return nil }
        return SurveyRule(
            id: id, title: title, every: every, subjects: subjects, byThirdParty: byThirdParty ?? false)
    }

    private func readSuggestions(_ value: YAMLValue) -> SuggestionTerms? {
        guard let mapping = value.mapping(["answerWithin", "answeredBy"]) else { return nil }
        let within = mapping.required("answerWithin")?.allowance()
        let answeredBy = mapping.required("answeredBy")?.text()
        guard let within, let answeredBy else { return nil }
        return SuggestionTerms(answerWithin: within, answeredBy: answeredBy)
    }

    private func readPrivacy(_ value: YAMLValue) -> PrivacyTerms? {
        guard let mapping = value.mapping(["masks", "confidential", "protected"]) else { return nil }
        var masks: [StaffRole: Set<PersonalField>] = [:]
        let table = mapping.required("masks")?.mapping(StaffRole.allCases.map(\.rawValue))
        for (name, entry) in table?.entries ?? [:] {
            guard let role = StaffRole(rawValue: name) else { continue }
            masks[role] = entry.isEmptyList ? [] : Set(entry.list { $0.choice(PersonalField.self) } ?? [])
        }
        let confidential = mapping.optional("confidential").flatMap(readConfidential)
        let protected = mapping.optional("protected").flatMap(readProtected)
        guard table != nil else { return nil }
        return PrivacyTerms(masks: masks, confidential: confidential, protected: protected)
    }

    private func readConfidential(_ value: YAMLValue) -> PrivacyTerms.Confidential? {
        guard let mapping = value.mapping(["when", "roles"]) else { return nil }
        let when = mapping.required("when")?.condition(when: .graded)
        let roles = mapping.required("roles")?.list { $0.choice(StaffRole.self) }
        guard let when, let roles else { return nil }
        return PrivacyTerms.Confidential(when: when, roles: Set(roles))
    }

    private func readProtected(_ value: YAMLValue) -> PrivacyTerms.Protected? {
        guard let mapping = value.mapping(["when", "opens", "department"]) else { return nil }
        let when = mapping.required("when")?.condition(when: .recorded)
        let opens = mapping.required("opens")?.list { $0.choice(StaffRole.self) }
        let department = mapping.required("department")?.department()
        guard let when, let opens, let department else { return nil }
        return PrivacyTerms.Protected(when: when, opens: Set(opens), department: department)
    }

    private func readRetention(_ value: YAMLValue) -> RetentionTerms? {
        guard let mapping = value.mapping(["personalData", "evidence"]) else { return nil }
        let personal = mapping.required("personalData")?.retentionSpan()
        let evidence = mapping.required("evidence")?.retentionSpan()
        guard let personal, let evidence else { return nil }
        return RetentionTerms(personalData: personal, evidence: evidence)
    }
}

extension YAMLValue {
    fileprivate func retentionSpan() -> RetentionTerms.Span? {
        guard let text = scalar("a time such as '3 years'") else { return nil }
        guard let span = RetentionTerms.Span(text) else {
            report("'\(text)' is not a time to keep data: write '90 days', '18 months' or '3 years'")
            return nil
        }
        return span
    }
}
