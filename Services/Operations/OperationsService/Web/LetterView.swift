import Contracts
import Foundation
import Messaging
import Web

/// Letters as templates show them.
enum LetterView {
    static func row(_ letter: LetterSummary, _ context: SignedInContext) -> [String: Any] {
        var data: [String: Any] = [
            "id": letter.id, "address": "/operations/letters/\(letter.id)", "consumer": letter.consumer,
            "state": state(letter.state, context), "kind": kind(letter.kind, context), "reason": letter.reason,
            "occurrences": letter.occurrences, "isRepeated": letter.occurrences > 1,
            "parkedAt": context.time(letter.lastFailedAt ?? letter.parkedAt), "size": letter.size,
        ]
        data["type"] = letter.type.isEmpty ? context.text("operations.letter.noType") : shortType(letter.type)
        if !letter.subject.isEmpty { data["subject"] = letter.subject }
        if !letter.place.isEmpty { data["place"] = letter.place }
        return data
    }

    /// One line for each consumer, with links into the list.
    static func overview(_ counts: [LetterCount], _ context: SignedInContext) -> [[String: Any]] {
        Dictionary(grouping: counts, by: \.consumer).sorted { $0.key < $1.key }.map { consumer, counts in
            let cells = LetterState.Name.allCases.map { name -> [String: Any] in
                let count = counts.first { $0.state == name }?.count ?? 0
                return [
                    "count": count, "isZero": count == 0, "isBad": name == .failed && count > 0,
                    "address": "/operations/?state=\(name.rawValue)&consumer=\(consumer)",
                ]
            }
            return ["consumer": consumer, "cells": cells]
        }
    }

    static func page(_ letter: Letter, _ context: SignedInContext) -> [String: Any] {
        let summary = letter.summary
        let body = BodyPresentation(letter.message.body)
        var data = row(summary, context)
        data["messageID"] = summary.messageID
        data["typeName"] = summary.type
        data["source"] = summary.source
        data["queue"] = ConsumerName(text: summary.consumer)?.workQueue ?? summary.consumer
        data["attempt"] = summary.attempt
        data["replays"] = summary.replays
        data["takenAt"] = context.time(summary.parkedAt)
        data["firstFailedAt"] = summary.firstFailedAt.map(context.time)
        data["lastFailedAt"] = summary.lastFailedAt.map(context.time)
        data["changedAt"] = context.time(summary.changedAt)
        data["stateText"] = context.text("operations.stateText.\(summary.state.name.rawValue)")
        data["publishError"] = summary.publishError
        data["replayOf"] = summary.replayOf
        data["headers"] = headers(letter.message)
        data["body"] = body.text
        data["bodyForm"] = context.text("operations.body.\(body.form.rawValue)", ["size": "\(summary.size)"])
        if body.omitted > 0 {
            data["omitted"] = context.text("operations.body.omitted", ["bytes": "\(body.omitted)"])
        }
        data["parkings"] = letter.parkings.map { parking($0, context) }
        data["audit"] = letter.audit.map { audit($0, context) }
        data["hasAudit"] = !letter.audit.isEmpty
        return data
    }

    /// Only what has a form in the catalogue can be checked after an edit.
    static func canEdit(_ letter: Letter) -> Bool {
        MessageType(name: letter.summary.type).flatMap { MessageCatalogue.payload(for: $0) } != nil
    }

    static func broker(_ status: ConnectionStatus, _ context: SignedInContext) -> [String: Any]? {
        switch status {
        case .ready: nil
        case .connecting, .closed: ["text": context.text("operations.broker.away")]
        case .blocked: ["text": context.text("operations.broker.blocked")]
        }
    }

    static func state(_ state: LetterState, _ context: SignedInContext) -> [String: Any] {
        let tone: Tone =
            switch state {
            case .failed: .bad
            case .staged, .confirmed: .info
            case .resolved: .good
            case .discarded: .neutral
            }
        return context.badge(context.text("operations.state.\(state.name.rawValue)"), tone)
    }

    private static func kind(_ word: String, _ context: SignedInContext) -> String {
        FailureReason.Kind(rawValue: word).map { context.text("operations.kind.\($0.rawValue)") } ?? word
    }

    /// `redress.case.assigned.v1` → `case.assigned`, and other versions with their number.
    private static func shortType(_ name: String) -> String {
        guard let type = MessageType(name: name) else { return name }
        return type.version == 1 ? "\(type.noun).\(type.verb)" : "\(type.noun).\(type.verb) v\(type.version)"
    }

    private static func headers(_ message: WireMessage) -> [[String: Any]] {
        var rows = message.headers.sorted { $0.key < $1.key }.map { ["name": $0.key, "value": text($0.value)] }
        if let id = message.messageID { rows.insert(["name": "message-id", "value": id], at: 0) }
        if let type = message.contentType { rows.insert(["name": "content-type", "value": type], at: 0) }
        return rows
    }

    private static let headerLimit = 2000

    private static func text(_ value: Messaging.HeaderValue) -> String {
        let whole: String
        switch value {
        case .text(let text): whole = text
        default:
            let data = try? ContractJSON.encode(HeaderJSON(value))
            whole = data.map { String(decoding: $0, as: UTF8.self) } ?? "\(value)"
        }
        return whole.count <= headerLimit ? whole : "\(whole.prefix(headerLimit))…"
    }

    private static func parking(_ parking: Parking, _ context: SignedInContext) -> [String: Any] {
        [
            "number": parking.number, "at": context.time(parking.failedAt ?? parking.takenAt),
            "kind": kind(parking.kind, context), "reason": parking.reason, "attempt": parking.attempt,
        ]
    }

    private static func audit(_ entry: AuditEntry, _ context: SignedInContext) -> [String: Any] {
        [
            "at": context.time(entry.at), "actor": entry.actor,
            "action": context.text("operations.action.\(entry.action.rawValue)"), "reason": entry.reason,
            "before": context.text("operations.state.\(entry.stateBefore)"),
            "after": context.text("operations.state.\(entry.stateAfter)"), "detail": entry.detail,
        ]
    }
}
