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

    package init(
        intake: URL, routing: URL, callback: URL, reporting: URL, operations: URL, departments: [DepartmentSite] = []
    ) {
        self.intake = intake
        self.routing = routing
        self.callback = callback
        self.reporting = reporting
        self.operations = operations
        self.departments = departments
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

    package init(id: DepartmentID, address: URL) {
        self.id = id
        self.address = address
    }
}

extension ValueForm where Value == [DepartmentSite] {
    /// `id=url,id=url`; each department once.
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

private func readDepartmentSite(_ text: Substring) -> DepartmentSite? {
    let halves = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
    guard halves.count == 2, let id = DepartmentID(halves[0]), let address = readSite(halves[1]) else { return nil }
    return DepartmentSite(id: id, address: address)
}
