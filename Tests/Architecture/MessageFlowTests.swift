import Contracts
import Messaging
import Testing

/// `MessageFlow` says who listens to what before any service runs; the services' own lists must say the same.
@Suite struct MessageFlowTests {
    static let folders: [(ServiceKind, String)] = [
        (.routing, "Services/Routing"), (.department, "Services/Department"), (.callback, "Services/Callback"),
        (.operations, "Services/Operations"),
    ]

    @Test("A service subscribes to exactly what the topology binds for it", arguments: folders)
    func subscriptions(service: ServiceKind, folder: String) throws {
        let names = Repository.swiftFiles(below: folder).flatMap { file in
            file.text.matches(of: /\b(?:Subscription|on)\(\s*([A-Z][A-Za-z]+)\.self/).map { String($0.1) }
        }
        try #require(!names.isEmpty)
        let types = Dictionary(uniqueKeysWithValues: MessageCatalogue.all.map { (String(describing: $0), $0.type) })
        let subscribed = try names.map { try #require(types[$0], "\($0) is not in the catalogue") }
        let bound = Set(MessageFlow.heard(by: service))
        let unbound = Set(subscribed).subtracting(bound).map(\.name).sorted()
        let unheard = bound.subtracting(subscribed).map(\.name).sorted()
        #expect(unbound.isEmpty, "subscribed, but not in MessageFlow")
        #expect(unheard.isEmpty, "in MessageFlow, but not subscribed")
    }

    @Test("Reporting listens to everything")
    func reporting() {
        #expect(Set(MessageFlow.heard(by: .reporting)) == Set(MessageCatalogue.all.map { $0.type }))
    }

    @Test("A department is only sent what carries a department")
    func departments() {
        let hears = Set(MessageFlow.heard(by: .department))
        #expect(hears.isDisjoint(with: [ComplaintReceived.type, ComplaintWithdrawn.type, LedgerCounted.type]))
    }
}
