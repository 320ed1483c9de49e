import Contracts
import Foundation
import NIOHTTP1

/// How people answer, as shares of all complaints, 0–1.
struct Habits: Sendable {
    var invalid: Double
    var declines: Double
    var dissatisfied: Double
}

/// What could not be done.
struct PlayFailure: Error, CustomStringConvertible {
    var stage: Measurements.Stage
    var number: String?
    var reason: String

    var description: String { "\(number ?? "not accepted"): \(stage.rawValue): \(reason)" }
}

/// Plays one complaint from its submission to its closing: the customer, the desk, the department, the caller.
///
/// A person acts as soon as the service lets them. News travels between services as messages, so a person may be early:
/// the service then answers 404 or 409, and the person tries again a little later.
struct Player: Sendable {
    let clients: ServiceClients
    let measurements: Measurements
    let habits: Habits
    /// Where complaints go that the pack gives to nobody: in turn.
    let departments: [String]
    /// How long a person tries, in seconds.
    let patience: Double

    func fallback(for number: String) -> String {
        departments.isEmpty ? "" : departments[(Int(number.suffix(6)) ?? 0) % departments.count]
    }

    /// - Parameter accepted: told the number as soon as there is one.
    func play(_ line: Narratives.Line, index: Int, run: String, accepted: (String) -> Void) async throws {
        var scene = Scene(player: self, number: "", code: "", generator: SystemRandomNumberGenerator())
        try await scene.submit(line, index: index, run: run)
        accepted(scene.number)
        guard try await scene.reachDepartment() else { return }
        try await scene.acknowledge()
        var isSatisfied = false
        while !isSatisfied {
            try await scene.investigate()
            try await scene.agree()
            try await scene.implement()
            isSatisfied = try await scene.callBack()
        }
        try await scene.expectClosed()
    }
}

/// One complaint while it is played.
struct Scene {
    let player: Player
    var number: String
    var code: String
    var generator: SystemRandomNumberGenerator
    var department = ""
    var assisting: [String] = []
    var version = 1
    var round = 1

    struct Receipt: Decodable {
        var number: String
        var trackingCode: String
    }

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }

    mutating func submit(_ line: Narratives.Line, index: Int, run: String) async throws {
        let complaint: [String: Any] = [
            "channel": "hotline", "kind": "complaint", "heardAt": RFC3339.text(Date()),
            "complainant": ["name": "客户\(index)", "phone": "1380000\(1000 + index % 9000)"],
            "about": ["product": line.product ?? ""], "reason": String(line.narrative.prefix(20)),
            "narrative": String(line.narrative.prefix(9000)), "request": "退款", "confirmed": true,
        ]
        let receipt = try await act(
            .submit, .POST, "intake", "/intake/api/complaints", as: .agent, complaint, key: "\(run)-\(index)",
            answering: Receipt.self)
        number = receipt.number
        code = receipt.trackingCode
    }

    func act<Answer: Decodable>(
        _ stage: Measurements.Stage, _ method: HTTPMethod, _ site: String, _ target: String, as person: Person,
        _ body: [String: Any]? = nil, key: String? = nil, answering: Answer.Type,
        until isWanted: (Answer) -> Bool = { _ in true }
    ) async throws -> Answer {
        let json = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let began = monotonicSeconds()
        var pause = 0.02
        var retries = 0
        var last = "no answer"
        while true {
            let sent = monotonicSeconds()
            do {
                let answer = try await player.clients.send(method, site, target, as: person, json: json, key: key)
                player.measurements.countRequest()
                last = "\(answer.status) \(String(decoding: answer.body.prefix(300), as: UTF8.self))"
                if answer.status < 300 {
                    let decoded = try JSONDecoder().decode(Answer.self, from: answer.body)
                    if isWanted(decoded) {
                        let now = monotonicSeconds()
                        player.measurements.add(stage, call: now - sent, wait: now - began, retries: retries)
                        return decoded
                    }
                } else if ![404, 409, 429, 502, 503].contains(answer.status) {
                    throw PlayFailure(stage: stage, number: number, reason: last)
                }
            } catch let error as HTTPFailure {
                // A service that is being restarted; what was sent is sent again, and a conflict then says it was done.
                last = error.description
            }
            guard sent - began < player.patience else { throw PlayFailure(stage: stage, number: number, reason: last) }
            retries += 1
            try await Task.sleep(for: .seconds(pause))
            pause = min(pause * 2, 1.28)
        }
    }
}

/// An answer of which nothing is needed.
struct Ignored: Decodable {}
