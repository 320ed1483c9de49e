import Contracts

extension PolicyPackReader {
    /// Courses that a complaint can take besides the usual one.
    func readCourses(_ pack: YAMLMapping, into result: inout PolicyPack) {
        result.warnings = pack.optional("warnings").flatMap(readWarnings)
        result.enquiries = pack.optional("enquiries").flatMap(readEnquiries)
        result.firstContact = pack.optional("firstContact").flatMap(readFirstContact)
        result.upstream = pack.optional("upstream")?.list(readUpstream) ?? []
        result.updates = pack.optional("updates")?.mapping(["every"])?.required("every")?.allowance()
            .map(UpdateTerms.init)
        result.publication = pack.optional("publication").flatMap(readPublication)
    }

    private func readWarnings(_ value: YAMLValue) -> WarningTerms? {
        guard let mapping = value.mapping(["recordedBy", "soothing", "settleWithin", "parts"]) else { return nil }
        let recordedBy = mapping.required("recordedBy")?.list { $0.choice(StaffRole.self) }
        let soothing = mapping.required("soothing")?.localized()
        let settleWithin = mapping.required("settleWithin")?.allowance()
        let parts = mapping.optional("parts").flatMap(readParts)
        guard let recordedBy, let soothing, let settleWithin else { return nil }
        return WarningTerms(recordedBy: recordedBy, soothing: soothing, settleWithin: settleWithin, parts: parts)
    }

    private func readParts(_ value: YAMLValue) -> WarningTerms.Parts? {
        guard let mapping = value.mapping(["when", "department", "ways", "longAfter", "raisedTo"]) else { return nil }
        let when = mapping.required("when")?.condition(when: .graded)
        let department = mapping.required("department")?.department()
        let ways = mapping.required("ways")?.list { $0.localized() }
        let longAfter = mapping.required("longAfter")?.allowance()
        let raisedTo = mapping.required("raisedTo")?.list { $0.reference(to: .outside, .escalation) }
        guard let when, let department, let ways, let longAfter, let raisedTo else { return nil }
        return WarningTerms.Parts(
            when: when, department: department, ways: ways, longAfter: longAfter, raisedTo: raisedTo)
    }

    private func readEnquiries(_ value: YAMLValue) -> EnquiryTerms? {
        guard let mapping = value.mapping(["onTheSpot", "within", "department"]) else { return nil }
        let onTheSpot = mapping.required("onTheSpot")?.boolean()
        let within = mapping.required("within")?.allowance()
        let department = mapping.optional("department")?.department()
        guard let onTheSpot, let within else { return nil }
        return EnquiryTerms(onTheSpot: onTheSpot, within: within, department: department)
    }

    private func readFirstContact(_ value: YAMLValue) -> FirstContactTerms? {
        guard let mapping = value.mapping(["when", "compensationLimit"]) else { return nil }
        let when = mapping.required("when")?.condition(when: .graded)
        let limit = mapping.optional("compensationLimit")?.money()
        guard let when else { return nil }
        return FirstContactTerms(when: when, compensationLimit: limit)
    }

    private func readUpstream(_ value: YAMLValue) -> UpstreamRule? {
        let keys = ["id", "title", "channel", "party", "numberRequired", "answerWithin"]
        guard let mapping = value.mapping(keys) else { return nil }
        let id = mapping.required("id")?.identifier(of: .upstream)
        let title = mapping.required("title")?.localized()
        let channel = mapping.required("channel")?.reference(to: .channel)
        let party = mapping.required("party")?.reference(to: .outside)
        let numberRequired = mapping.required("numberRequired")?.boolean()
        let answerWithin = mapping.required("answerWithin")?.allowance()
        guard let id, let title, let channel, let party, let numberRequired, let answerWithin else { return nil }
        return UpstreamRule(
            id: id, title: title, channel: channel, party: party, numberRequired: numberRequired,
            answerWithin: answerWithin)
    }

    private func readPublication(_ value: YAMLValue) -> PublicationTerms? {
        guard let mapping = value.mapping(["when", "within", "place"]) else { return nil }
        let when = mapping.required("when")?.condition(when: .handled)
        let within = mapping.required("within")?.allowance()
        let place = mapping.required("place")?.localized()
        guard let when, let within, let place else { return nil }
        return PublicationTerms(when: when, within: within, place: place)
    }
}
