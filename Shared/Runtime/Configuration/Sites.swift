import Contracts
import Foundation

/// Where the services are found by people: base addresses for links from one service's pages to another's.
package struct Sites: Sendable, Hashable {
    package var intake: URL
    package var routing: URL
    package var callback: URL
    package var reporting: URL
    package var operations: URL
    /// In the order in which they were configured.
    package var departments: [DepartmentSite]
    /// The roles that write down early warnings (抱怨预警, V02), by their names; empty where the procedure has none. A
    /// department reads no policy pack, but its people have to find the page.
    package var warnings: [String]

    package init(
        intake: URL, routing: URL, callback: URL, reporting: URL, operations: URL, departments: [DepartmentSite] = [],
        warnings: [String] = []
    ) {
        self.intake = intake
        self.routing = routing
        self.callback = callback
        self.reporting = reporting
        self.operations = operations
        self.departments = departments
        self.warnings = warnings
    }

    /// The default addresses, on this machine.
    package static var local: Sites {
        func site(_ port: Int) -> URL {
            var parts = URLComponents()
            (parts.scheme, parts.host, parts.port) = ("http", "127.0.0.1", port)
            return parts.url ?? URL(fileURLWithPath: "/")
        }
        return Sites(
            intake: site(8081), routing: site(8082), callback: site(8083), reporting: site(8084), operations: site(8085)
        )
    }

    /// Where a department's worker answers; absent when nobody configured it.
    package func department(_ id: DepartmentID) -> URL? { departments.first { $0.id == id }?.address }
}

/// Where one department's worker answers.
package struct DepartmentSite: Sendable, Hashable {
    package let id: DepartmentID
    package let address: URL
    /// What people call it; absent when nobody configured it.
    package let title: LocalizedText?

    package init(id: DepartmentID, address: URL, title: LocalizedText? = nil) {
        self.id = id
        self.address = address
        self.title = title
    }
}

extension ValueForm where Value == [DepartmentSite] {
    /// `id=url,id=url`, each department once; with `|中文|English` behind the address, what it is called.
    package static var departmentSites: Self {
        Self("departments with their addresses, such as logistics=http://127.0.0.1:8090,sales=http://127.0.0.1:8091") {
            text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let sites = parts.compactMap(readDepartmentSite)
            guard sites.count == parts.count, Set(sites.map(\.id)).count == sites.count else { return nil }
            return sites
        }
    }
}

extension ValueForm where Value == [String] {
    /// Roles' names with commas between; empty text for none.
    package static var roleNames: Self {
        Self("roles with commas between, such as agent,handler,head") { text in
            let names = text.split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            if names == [""] { return [] }
            let isName = { (name: String) in !name.isEmpty && name.allSatisfy { $0.isASCII && $0.isLowercase } }
            return names.allSatisfy(isName) ? names : nil
        }
    }
}

private func readDepartmentSite(_ text: Substring) -> DepartmentSite? {
    let halves = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    guard halves.count == 2, let id = DepartmentID(halves[0]) else { return nil }
    let parts = halves[1].split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let address = readSite(parts[0]) else { return nil }
    guard parts.count == 2 else { return DepartmentSite(id: id, address: address) }
    guard let title = LocalizedText(barred: parts[1]) else { return nil }
    return DepartmentSite(id: id, address: address, title: title)
}

extension ValueForm where Value == LocalizedText {
    /// `质量部|Quality`
    package static var localizedTitle: Self {
        Self("a Chinese and an English title with a bar between, such as 质量部|Quality") { LocalizedText(barred: $0) }
    }
}

extension LocalizedText {
    /// `质量部|Quality`; nil when it is of another form.
    fileprivate init?(barred text: String) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(zhHans: parts[0], en: parts[1])
    }
}
