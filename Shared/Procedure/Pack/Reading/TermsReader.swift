import Contracts

/// Reads what a pack says about consent, callbacks, returns and rework.
struct TermsReader {
    struct Terms {
        var consent: ConsentTerms
        var callback: CallbackTerms
        var returns: ReturnTerms
        var rework: ReworkTerms
    }

    func read(_ pack: YAMLMapping) -> Terms? {
        let consent = pack.required("consent").flatMap(readConsent)
        let callback = pack.required("callback").flatMap(readCallback)
        let rulingAfter = pack.required("returns")?.mapping(["rulingAfter"])?.required("rulingAfter")?
            .integer(in: 1...100)
        let rework = pack.required("rework").flatMap(readRework)
        guard let consent, let callback, let rulingAfter, let rework else { return nil }
        return Terms(
            consent: consent, callback: callback, returns: ReturnTerms(rulingAfter: rulingAfter), rework: rework)
    }

    private func readConsent(_ value: YAMLValue) -> ConsentTerms? {
        let keys = ["validity", "rounds", "presentedBy", "ways", "silence", "reminders"]
        guard let mapping = value.mapping(keys) else { return nil }
        let validity = mapping.required("validity")?.allowance()
        let rounds = mapping.required("rounds")?.integer(in: 1...100)
        let presentedBy = mapping.optional("presentedBy")?.department()
        let ways = mapping.optional("ways")?.list { $0.choice(ContactWay.self) }
        let silence = mapping.optional("silence")?.choice(ConsentTerms.Silence.self)
        let reminders = mapping.optional("reminders")?.integer(in: 0...20)
        guard let validity, let rounds else { return nil }
        var terms = ConsentTerms(validity: validity, rounds: rounds, presentedBy: presentedBy)
        if let ways { terms.ways = ways }
        if let silence { terms.silence = silence }
        if let reminders { terms.reminders = reminders }
        return terms
    }

    private func readCallback(_ value: YAMLValue) -> CallbackTerms? {
        let keys = [
            "within", "attempts", "sootheFirst", "satisfiedFrom", "notBefore", "spacing", "ways", "by", "notByHandler",
            "questions",
        ]
        guard let mapping = value.mapping(keys) else { return nil }
        let within = mapping.required("within")?.allowance()
        let attempts = mapping.required("attempts")?.integer(in: 1...100)
        let sootheFirst = mapping.required("sootheFirst")?.boolean()
        let satisfiedFrom = mapping.required("satisfiedFrom")?.integer(in: 1...5)
        let notBefore = mapping.optional("notBefore")?.allowance()
        let spacing = mapping.optional("spacing")?.allowance()
        let ways = mapping.optional("ways")?.list { $0.choice(ContactWay.self) }
        let department = mapping.optional("by")?.department()
        let notByHandler = mapping.optional("notByHandler")?.boolean()
        let questions = mapping.optional("questions")?.list(readQuestion)
        guard let within, let attempts, let sootheFirst, let satisfiedFrom else { return nil }
        return CallbackTerms(
            within: within, attempts: attempts, sootheFirst: sootheFirst, satisfiedFrom: satisfiedFrom,
            notBefore: notBefore, spacing: spacing, ways: ways ?? [.phone], by: department,
            notByHandler: notByHandler ?? true, questions: questions ?? [])
    }

    private func readQuestion(_ value: YAMLValue) -> CallbackQuestion? {
        guard let mapping = value.mapping(["id", "title", "scale"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .question)
        let title = mapping.required("title")?.localized()
        let scale = mapping.required("scale")?.choice(CallbackQuestion.Scale.self)
        guard let id, let title, let scale else { return nil }
        return CallbackQuestion(id: id, title: title, scale: scale)
    }

    private func readRework(_ value: YAMLValue) -> ReworkTerms? {
        guard let mapping = value.mapping(["raiseAfter", "returnsTo"]) else { return nil }
        let raiseAfter = mapping.required("raiseAfter")?.integer(in: 1...100)
        let target = mapping.optional("returnsTo")?.choice(ReworkTerms.Target.self)
        guard let raiseAfter else { return nil }
        return ReworkTerms(raiseAfter: raiseAfter, returnsTo: target ?? .handler)
    }
}
