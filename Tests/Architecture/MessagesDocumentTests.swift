import Contracts
import Foundation
import Testing

/// The catalogue of messages for people says what the code says.
@Suite struct MessagesDocumentTests {
    @Test func documentIsUpToDate() throws {
        let path = "docs/messages.md"
        let text = MessagesDocument().text
        if ProcessInfo.processInfo.environment["WRITE_DOCS"] == "1" {
            try text.write(to: Repository.root.appending(path: path), atomically: true, encoding: .utf8)
        }
        #expect(try Repository.text(path) == text, "WRITE_DOCS=1 swift test --filter MessagesDocumentTests writes it")
    }

    @Test("Every message has a meaning, and so has every field that does not speak for itself")
    func nothingIsUnexplained() {
        let declarations = Repository.swiftFiles(below: "Shared/Contracts/Messages").flatMap(ContractDeclaration.read)
        for payload in MessageCatalogue.all {
            let declaration = declarations.first { $0.name == "\(payload)" }
            #expect(declaration?.comment.isEmpty == false, "\(payload)")
            #expect(declaration?.fields.isEmpty == false, "\(payload)")
        }
    }
}
