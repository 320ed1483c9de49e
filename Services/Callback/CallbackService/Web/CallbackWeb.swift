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
    let proposals: ProposalAnswers
    let callbacks: Callbacks
    private(set) var rules: CallbackRules
    let gate: CustomerGate

    package init(database: ServiceDatabase, rules: CallbackRules) {
        files = CustomerFiles(database)
        answers = CustomerAnswers(database, rules: rules)
        proposals = ProposalAnswers(database, rules: rules)
        callbacks = Callbacks(database, rules: rules)
        self.rules = rules
        gate = CustomerGate(files: files)
    }

    package func add(to routes: Router<WebContext>) {
        CustomerPages(web: self).add(to: routes)
        CustomerAPI(web: self).add(to: routes)
        ConsentAPI(web: self).add(to: routes)
        DeskPages(web: self).add(to: routes)
        CasePages(web: self).add(to: routes)
        CallbackRecordPage(web: self).add(to: routes)
        StaffAPI(web: self).add(to: routes)
    }

    /// Who may look at complaints here.
    static let readers: Set<Role> = [.caller, .supervisor, .manager, .agent]
    /// Who talks with customers and notes what they said.
    static let callers: Set<Role> = [.caller, .supervisor]

    /// Who rules when customer and department do not agree.
    static let rulers: Set<Role> = [.supervisor, .manager]

    /// What the pack says.
    var pack: PolicyPack { rules.pack }

    /// The same by the pack that a complaint was judged under.
    func about(_ file: CustomerFile) -> CallbackWeb {
        var web = self
        web.rules = rules.following(file.record.policy)
        return web
    }

    /// - Throws: `Problem` with 404.
    func about(_ number: TicketNumber) async throws -> CallbackWeb { about(try await file(number)) }

    /// The file of a complaint.
    /// - Throws: `Problem` with 404.
    func file(_ number: TicketNumber) async throws -> CustomerFile {
        guard let file = try await files.file(number) else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        return file
    }

    /// The customer has read the proposal that waits: that is how they were told of it (S08). Staff who look through the
    /// customer's link tell nobody anything.
    func noteReading(of file: CustomerFile, by reader: Identity?, at now: Date) async throws {
        guard reader == nil else { return }
        guard let proposal = file.proposal, file.isOpen(proposal),
            !file.presentations.contains(where: { $0.version == proposal.version && $0.way == Telling.page })
        else { return }
        let telling = Telling(version: proposal.version, way: Telling.page, at: now, by: .customer)
        do {
            try await proposals.present(telling, of: file.number)
        } catch is Rejection {
            // It was answered or replaced in this very moment.
        }
    }
}
