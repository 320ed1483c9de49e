import Contracts

/// What a pack says about channels, categories and departments.
struct Organisation {
    var channels: [Channel]
    var categories: [Category]
    var departments: [Department]
    var escalations: [EscalationTarget]
    var outside: [OutsideParty]
    var products: [Product]
}

extension PolicyPackReader {
    func readOrganisation(_ pack: YAMLMapping) -> Organisation {
        Organisation(
            channels: pack.required("channels")?.list(readChannel) ?? [],
            categories: readAllCategories(pack),
            departments: pack.required("departments")?.list(readDepartment) ?? [],
            escalations: pack.optional("escalations")?.list(readEscalation) ?? [],
            outside: pack.optional("outside")?.list(readOutside) ?? [],
            products: pack.optional("products")?.list(readProduct) ?? [])
    }

    private func readChannel(_ value: YAMLValue) -> Channel? {
        let keys = ["id", "title", "instructions", "feedbackWithin", "script", "required", "readBack", "verbatim"]
        guard let mapping = value.mapping(keys) else { return nil }
        let id = mapping.required("id")?.identifier(of: .channel)
        let title = mapping.required("title")?.localized()
        let script = mapping.required("script")?.mapping(["greeting", "soothing"])
        let greeting = script?.required("greeting")?.localized()
        let soothing = script?.required("soothing")?.localized()
        let instructions = mapping.optional("instructions")?.localized()
        let feedback = mapping.optional("feedbackWithin")?.allowance()
        let required = mapping.optional("required")?.list { $0.choice(RecordField.self) }
        let readBack = mapping.required("readBack")?.boolean()
        let verbatim = mapping.optional("verbatim")?.boolean()
        guard let id, let title, let greeting, let soothing, let readBack else { return nil }
        return Channel(
            id: id, title: title, instructions: instructions, feedbackWithin: feedback, greeting: greeting,
            soothing: soothing, required: required ?? [], readBack: readBack, verbatim: verbatim ?? false)
    }

    private func readAllCategories(_ pack: YAMLMapping) -> [Category] {
        let value = pack.required("categories")
        let categories = readCategories(value, within: nil, department: nil)
        if let value, categories.count(where: \.isOther) != 1 {
            value.report("exactly one category is 'otherwise: true': it takes what no other recognises")
        }
        return categories
    }

    private func readCategories(
        _ value: YAMLValue?, within parent: String?, department inherited: DepartmentID?
    ) -> [Category] {
        let groups = value?.list { member -> [Category]? in
            let keys = ["id", "title", "department", "keywords", "otherwise", "categories"]
            guard let mapping = member.mapping(keys) else { return nil }
            let id = mapping.required("id")?.identifier(of: .category)
            let title = mapping.required("title")?.localized()
            let department =
                inherited == nil ? mapping.required("department") : mapping.optional("department")
            let handler = department?.department() ?? inherited
            let nested = readCategories(mapping.optional("categories"), within: id, department: handler)
            let keywords = mapping.optional("keywords")?.list { $0.keyword() } ?? []
            let isOther = mapping.optional("otherwise")?.boolean() ?? false
            if mapping.optional("keywords") == nil, nested.isEmpty, !isOther {
                member.report("'keywords' is missing: nothing would ever be recognised as '\(id ?? "?")'")
            }
            guard let id, let title, let handler else { return nested }
            let category = Category(
                id: id, title: title, parent: parent, department: handler, keywords: keywords,
                isOther: isOther)
            return [category] + nested
        }
        return (groups ?? []).flatMap { $0 }
    }

    private func readDepartment(_ value: YAMLValue) -> Department? {
        guard let mapping = value.mapping(["id", "title", "head", "owners", "escalatesTo"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .department).flatMap(DepartmentID.init)
        let title = mapping.required("title")?.localized()
        let head = mapping.required("head")?.text()
        let owners = mapping.optional("owners")?.list { $0.text() } ?? []
        let escalatesTo = mapping.optional("escalatesTo")?.reference(to: .department, .escalation, .outside)
        if let id, escalatesTo == id.text {
            mapping.optional("escalatesTo")?.report("a department cannot escalate to itself")
        }
        guard let id, let title, let head else { return nil }
        return Department(
            id: id, title: title, head: head, owners: owners.isEmpty ? [head] : owners, escalatesTo: escalatesTo)
    }

    private func readEscalation(_ value: YAMLValue) -> EscalationTarget? {
        guard let mapping = value.mapping(["id", "title", "person"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .escalation)
        let title = mapping.required("title")?.localized()
        let person = mapping.optional("person")?.text()
        guard let id, let title else { return nil }
        return EscalationTarget(id: id, title: title, person: person)
    }

    private func readOutside(_ value: YAMLValue) -> OutsideParty? {
        guard let mapping = value.mapping(["id", "title", "role"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .outside)
        let title = mapping.required("title")?.localized()
        let role = mapping.optional("role")?.localized()
        guard let id, let title else { return nil }
        return OutsideParty(id: id, title: title, role: role)
    }

    private func readProduct(_ value: YAMLValue) -> Product? {
        guard let mapping = value.mapping(["id", "title"]) else { return nil }
        let id = mapping.required("id")?.identifier(of: .product)
        let title = mapping.required("title")?.localized()
        guard let id, let title else { return nil }
        return Product(id: id, title: title)
    }
}
