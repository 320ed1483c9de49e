import Foundation
import Web

/// The forms of a letter's page; a refused one shows what was typed and what is wrong.
struct LetterForms {
    let replay: FormView
    let discard: FormView
    let edit: FormView

    init(
        _ letter: Letter, _ context: SignedInContext, refused action: AuditEntry.Action? = nil, _ fields: Fields? = nil
    ) {
        func form(_ own: AuditEntry.Action) -> FormView { FormView(context, fields: own == action ? fields : nil) }
        var replay = form(.replay)
        replay.add(FormField("reason", context.text("operations.replay.reason"), most: 2000))
        self.replay = replay
        var discard = form(.discard)
        discard.add(FormField("reason", context.text("operations.discard.reason"), required: true, most: 2000))
        self.discard = discard
        var edit = form(.edit)
        let body = String(data: letter.message.body, encoding: .utf8).map(BodyPresentation.indented) ?? ""
        edit.add(
            FormField(
                "body", context.text("operations.edit.body"), .area(rows: 16), required: true,
                hint: context.text("operations.edit.hint"), value: body))
        edit.add(FormField("reason", context.text("operations.edit.reason"), required: true, most: 2000))
        self.edit = edit
    }
}
