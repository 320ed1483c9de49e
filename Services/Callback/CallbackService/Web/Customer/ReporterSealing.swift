import Contracts
import Foundation
import Hummingbird
import Web

/// Takes out of what a protected reporter (举报人) writes here what tells who they are: others read it, and who reports,
/// Intake alone knows. Rule W21.
///
/// This service does not know the name it would have to look for; so it takes out what looks like a telephone or identity
/// number or an e-mail address, and the name in sentences by which people introduce themselves. The page asks them not to
/// write such things.
enum ReporterSealing {
    /// What stands in the place of what was taken out, as in Intake.
    static let mark = "【举报人】"

    static func text(_ text: String) -> String {
        let introduction = /(我是|我叫|本人是|姓名[:：]?|名字是)\s*\p{Han}{2,4}(?=[\s，,。.、；;！!）)]|$)/
        let mailTakenOut = PersonalText.replacingEmails(in: text) { _ in mark }
        return PersonalText.replacingNumbers(in: mailTakenOut) { _ in mark }
            .replacing(introduction) { "\($0.output.1)\(mark)" }
    }
}

extension CallbackWeb {
    /// The fields of what somebody says about a complaint; of a protected report without what tells who reports.
    func fields(of request: Request, about number: TicketNumber, _ context: WebContext) async throws -> Fields {
        var fields = try await context.fields(of: request)
        if try await file(number).complaint.protected != nil { fields.rewriteTexts(ReporterSealing.text) }
        return fields
    }
}
