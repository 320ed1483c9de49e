import Contracts
import Foundation
import Hummingbird
import Procedure
import Web

/// The pages and the API of Reporting: dashboard, tickets, monthly reports, which are only read, and what people keep
/// here because of them: see `CasePages`, `MeasurePages`,
/// `SuggestionPages` and `SurveyPages`.
struct ReportingDesk: Sendable {
    let store: ReportingStore
    let packs: TicketPacks

    /// What complaints are judged by now; absent where only the words of a procedure are known.
    var pack: PolicyPack? { packs.current }

    var titles: Titles { packs.titles() }

    /// Asked for with every page: a running Reporting takes new versions of a pack.
    var frame: ReportingFrame { ReportingFrame(sections: OfferedSections(packs)) }

    /// Where days and months begin.
    var timeZone: TimeZone { packs.procedure(nil).timeZone }

    func addRoutes(to router: Router<WebContext>) {
        let desk = router.staff("/reporting", roles: ReportingAccess.readers)
        desk.get { _, context in try await dashboard(context) }
        desk.get("tickets") { _, context in try await list(context) }
        desk.get("tickets/{number}") { _, context in try await ticket(context) }
        desk.get("reports/monthly") { _, context in
            context.redirect(
                to: "/reporting/reports/monthly/\(ReportPeriod.monthText(of: context.now, in: timeZone))")
        }
        desk.get("reports/monthly/{month}") { _, context in try await monthlyPage(context) }
        desk.get("api/tickets") { _, context in try await listAnswer(context) }
        desk.get("api/tickets/{number}") { _, context in try await ticketAnswer(context) }
        desk.get("api/reports/monthly/{month}") { _, context in try await monthlyAnswer(context) }
        MyWorkPage(desk: self).add(to: desk)
        addImprovement(to: router)
    }

    /// Sections that not every pack has. Each page is made for one request, by the version of the pack that holds then;
    /// where none has the section, the page is not there.
    private func addImprovement(to router: Router<WebContext>) {
        QuarterlyPage.add(to: router) {
            let (pack, rule) = try section(\.quarterly)
            return QuarterlyPage(desk: self, pack: pack, rule: rule)
        }
        AssessmentPage.add(to: router) {
            let (pack, _) = try section(\.assessment)
            return AssessmentPage(store: store, pack: pack, frame: frame, titles: titles)
        }
        CasePages.add(to: router) {
            let (pack, _) = try section { $0.cases.isEmpty ? nil : $0.cases }
            return CasePages(store: store, pack: pack, frame: frame, titles: titles)
        }
        MeasurePages.add(to: router) {
            let (pack, terms) = try section(\.improvement)
            return MeasurePages(store: store, pack: pack, terms: terms, frame: frame, titles: titles)
        }
        SuggestionPages.add(to: router) {
            let (pack, terms) = try section(\.suggestions)
            return SuggestionPages(store: store, pack: pack, terms: terms, frame: frame, titles: titles)
        }
        SurveyPages.add(to: router) {
            let (pack, _) = try section { $0.surveys.isEmpty ? nil : $0.surveys }
            return SurveyPages(store: store, pack: pack, frame: frame, titles: titles)
        }
    }

    /// The newest version of the pack with something, and that.
    /// - Throws: `Problem` with 404 where none has it.
    private func section<Terms>(_ terms: (PolicyPack) -> Terms?) throws(Problem) -> (PolicyPack, Terms) {
        guard let pack = packs.newest(having: { terms($0) != nil }), let found = terms(pack) else {
            throw Problem.notFound()
        }
        return (pack, found)
    }

    private func listAnswer(_ context: SignedInContext) async throws -> Response {
        let page = try await tickets(context)
        return try context.json(TicketListAnswer(tickets: page.tickets.map { TicketLine($0) }, next: page.next))
    }

    private func ticketAnswer(_ context: SignedInContext) async throws -> Response {
        let details = try await details(context)
        return try context.json(
            try TicketAnswer(
                details, packs.procedure(details.record.policy), Showing(context: context, titles: titles),
                masking: masking(details, context.identity)))
    }

    private func monthlyAnswer(_ context: SignedInContext) async throws -> Response {
        let report = try await monthly(context)
        guard try context.wantsSpreadsheet else {
            return try context.json(ReportAnswer(report: report, parts: try await parts(of: report, context)))
        }
        return context.spreadsheet(report.rows(language: context.language.tag), name: "complaints-\(report.month)")
    }

    /// A page of the list that the address asks for, with what the reader may see of it.
    func tickets(_ context: SignedInContext) async throws -> TicketPage {
        var filter = try TicketFilter(context, timeZone: timeZone)
        filter.sight = sight(context)
        filter.searchesPersons = ReportingAccess.searchesPersons(context.identity, by: pack)
        var page = try await store.tickets(filter)
        page.tickets = page.tickets.map { shown($0, to: context.identity) }
        return page
    }

    /// A line of a list with what the reader may see of it (M18).
    func shown(_ summary: TicketSummary, to identity: Identity) -> TicketSummary {
        let name = summary.complainantName
        guard let masking = masking(summary, Complainant(name: name), identity) else { return summary }
        var copy = summary
        copy.heading = masking.text(summary.heading)
        copy.complainantName = masking.shown(name: name)
        return copy
    }

    /// - Throws: `Problem` with 404.
    func details(_ context: SignedInContext) async throws -> TicketDetails {
        let number = try context.ticketNumber()
        guard try await store.isSeen(number, by: sight(context)), let details = try await store.details(of: number)
        else {
            throw Problem.notFound(Phrase("problem.notFound.ticket"))
        }
        return details
    }

    /// What they may not see is as if it did not exist (W21).
    private func sight(_ context: SignedInContext) -> ReportingSight {
        ReportingSight(pack, context.identity.viewer)
    }

    func masking(_ details: TicketDetails, _ identity: Identity) -> RecordMasking? {
        masking(details.summary, details.record.complaint.complainant, identity)
    }

    /// What hides the customer's data from who asks; nil when nothing does.
    private func masking(
        _ summary: TicketSummary, _ complainant: Complainant, _ identity: Identity
    ) -> RecordMasking? {
        let fields = ReportingAccess.masks(identity, of: summary, by: packs.pack(summary.policy))
        return fields.isEmpty ? nil : RecordMasking(complainant, fields: fields)
    }

    /// - Throws: `Problem` with 404 for what is no month.
    func monthly(_ context: SignedInContext) async throws -> MonthlyReport {
        guard let month = context.parameters.get("month"), let period = ReportPeriod.month(month, in: timeZone) else {
            throw Problem.notFound(Phrase("reporting.problem.month"))
        }
        let figures = try await store.figures(period, at: context.now)
        return MonthlyReport(month: month, period: period, figures: figures, titles: titles, at: context.now)
    }
}

extension ReportingDesk {
    /// Where the templates and sentences are.
    static var bundle: Bundle { .module }
}
