import Contracts
import Foundation
import Hummingbird
import Persistence
import Procedure
import Web

/// Callback's pages and JSON API.
package struct CallbackWeb: Sendable {
    let files: CustomerFiles
    let answers: CustomerAnswers
    let rules: CallbackRules
    let pack: PolicyPack
    let gate: CustomerGate

    package init(database: ServiceDatabase, pack: PolicyPack, rules: CallbackRules) {
        files = CustomerFiles(database)
        answers = CustomerAnswers(database, rules: rules)
        self.rules = rules
        self.pack = pack
        gate = CustomerGate(files: files)
    }

    package func add(to routes: Router<WebContext>) {
        CustomerPages(web: self).add(to: routes)
        CustomerAPI(web: self).add(to: routes)
        DeskPages(web: self).add(to: routes)
        CasePages(web: self).add(to: routes)
        StaffAPI(web: self).add(to: routes)
    }

    /// Who may look at complaints here.
    static let readers: Set<Role> = [.caller, .supervisor, .manager, .agent]
    /// Who talks with customers and notes what they said.
    static let callers: Set<Role> = [.caller, .supervisor]

    /// The file of a complaint.
    /// - Throws: `Problem` with 404.
    func file(_ number: TicketNumber) async throws -> CustomerFile {
        guard let file = try await files.file(number) else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        return file
    }
}
