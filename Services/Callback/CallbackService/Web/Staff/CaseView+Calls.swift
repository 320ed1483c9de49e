import Contracts
import Foundation
import Web

/// Callbacks (回访) on the case page, and talks with the dissatisfied.
extension CaseView {
    func call(_ call: CallRecord) -> [String: Any] {
        let way = call.way ?? (call.actor.kind == .customer ? "questionnaire" : "phone")
        var data: [String: Any] = [
            "at": context.time(call.at), "by": name(of: call.actor), "call": call.call, "round": call.round,
            "way": context.text("callback.way.\(way)"),
            "answers": (call.answers ?? []).map {
                ["title": $0.title.text(for: context.language.tag), "answer": context.words($0)]
            },
        ]
        data["comment"] = call.comment
        if let solved = call.solved, let satisfaction = call.satisfaction {
            data["solved"] = context.text("callback.survey.\(solved ? "yes" : "no")")
            data["satisfaction"] = context.text("callback.satisfaction.\(satisfaction)")
            data["badge"] =
                web.rules.isContent(solved: solved, satisfaction: satisfaction)
                ? context.badge(context.text("callback.case.content"), .good)
                : context.badge(context.text("callback.case.notContent"), .bad)
        } else {
            data["badge"] = context.badge(context.text("callback.case.notReached"), .warn)
        }
        return data
    }

    func soothing(_ soothing: SoothingRecord) -> [String: Any] {
        [
            "at": context.time(soothing.at), "person": web.pack.person(soothing.person, context), "note": soothing.note,
            "by": name(of: soothing.actor),
        ]
    }

    var callForm: [String: Any] {
        let terms = web.pack.callback
        var view = view(.call)
        let yesOrNo = ["yes", "no"]
        view.add(
            FormField(
                "reached", context.text("callback.call.reached"),
                .radio(yesOrNo.map { FormField.Option($0, context.text("callback.call.reached\($0)")) }),
                required: true))
        let ways = terms.callersWays.map(\.rawValue)
        if ways.count > 1 {
            view.add(
                FormField(
                    "way", context.text("callback.call.way"),
                    .select(ways.map { FormField.Option($0, context.text("callback.way.\($0)")) }), required: true))
        }
        view.add(
            FormField(
                "solved", context.text("callback.call.solved"),
                .radio(yesOrNo.map { FormField.Option($0, context.text("callback.survey.\($0)")) })))
        view.add(
            FormField(
                "satisfaction", context.text("callback.call.satisfaction"), .radio(context.satisfactionOptions)))
        // Not required here: whoever is not reached answers nothing. The service asks for them when somebody is.
        view.addQuestions(terms.questions, context, required: false)
        view.add(FormField("comment", context.text("callback.call.comment"), .area(rows: 3), most: 2000))
        var data: [String: Any] = [
            "form": view.data, "questions": view.questionFields(terms.questions), "call": file.nextCall,
            "isSoothing": file.record.standing == .soothing, "result": file.proposal?.solution.measures ?? "",
        ]
        if let from = file.record.callFrom, from > context.now {
            data["notBefore"] = context.text("callback.call.notBefore", ["time": context.timeText(from)])
        }
        return data
    }

    /// The handler talks with a dissatisfied customer before anything else (K15).
    var sootheForm: [String: Any] {
        var view = view(.soothing)
        view.add(
            FormField(
                "person", context.text("callback.soothing.person"), hint: context.text("callback.soothing.personHint"),
                most: 100))
        view.add(
            FormField("note", context.text("callback.soothing.note"), .area(rows: 3), required: true, most: 2000))
        return view.data
    }
}
