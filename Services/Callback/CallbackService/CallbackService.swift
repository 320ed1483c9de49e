import Foundation
import Logging
import Messaging
import Persistence
import Procedure
import Runtime
import ServiceLifecycle
import Web

/// Callback (告知·回访): everything that is said to and by the customer, and the closing of complaints.
///
/// - `Policy/` decides what follows from each message and answer.
/// - `Messages/` listens to Intake, Routing and the departments.
/// - `Store/` keeps the conversation.
/// - `Web/` has the customer's page, the callers' desk and the JSON API.
package enum CallbackService {
    /// Templates and strings.
    package static let bundle = Bundle.module

    /// Puts the service together.
    /// - Throws: `StartupFailure`.
    package static func build(
        _ configuration: CallbackConfiguration, _ context: ServiceContext
    ) async throws -> [any Service] {
        var foundation = try ServiceFoundation(
            configuration.common, context, store: "callback", source: "redress/callback"
        ) { CallbackMigrations.register(in: &$0) }
        let packs = try await foundation.policies(.hears)
        let rules = CallbackRules(packs.shelf)
        foundation.announceLedgers(instance: "callback")
        try foundation.consume(as: .callback, CallbackSubscriptions(rules: rules, packs: packs).all)
        foundation.add(
            ConversationTimer(
                due: DueConversations(foundation.database, rules: rules), time: context.time, logger: context.logger))

        let settings = SiteSettings(
            configuration.common, service: "callback", home: "/callback/", timeZone: rules.pack.timeZone)
        let site = try Site(settings, bundle: bundle, context: context)
        let web = CallbackWeb(database: foundation.database, rules: rules)
        return foundation.services + [site.application { web.add(to: $0) }]
    }
}
