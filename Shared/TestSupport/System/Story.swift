import Contracts
import Foundation

/// One complaint in a running system, and everybody who has to do with it: plays each person's part through the public
/// HTTP API. Whoever has to wait for news, waits.
package struct Story: Sendable {
    package let system: RunningSystem
    package let number: String
    package let code: String

    /// A complaint that the shipped pack judges, grades and assigns by itself, to Product Quality.
    package static func complaint(_ changes: [String: Any] = [:]) -> [String: Any] {
        let complaint: [String: Any] = [
            "channel": "web", "kind": "complaint", "complainant": ["name": "刘淑芬", "phone": "13900010003"],
            "about": ["product": "电热水壶", "orderNumber": "DD20260912-3340"], "reason": "电热水壶壶底漏水",
            "narrative": "九月买的电热水壶，上星期开始壶底漏水，放在台面上一摊水，不敢再插电。", "request": "换一个新的",
        ]
        return complaint.merging(changes) { $1 }
    }

    /// Submits a complaint: as its customer, or as the member of the staff who takes it down.
    package static func submit(
        to system: RunningSystem, _ complaint: [String: Any] = Story.complaint(), as staff: String? = nil
    ) async throws -> Story {
        let answer = try await Self.post(
            system.client(.intake, as: staff), "/intake/api/complaints", complaint, expecting: 201)
        guard let number = answer.json["number"] as? String, let code = answer.json["trackingCode"] as? String else {
            throw StoryFailure("no number: \(answer.text)")
        }
        return Story(system: system, number: number, code: code)
    }

    // MARK: The customer

    private var api: String { "/callback/api/complaints/\(number)" }

    /// What the customer sees.
    package func view() async throws -> [String: Any] {
        let answer = try await system.client(.callback).get("\(api)?code=\(code)")
        guard answer.status == 200 else { throw StoryFailure("\(number): \(answer.status) \(answer.text)") }
        return answer.json
    }

    /// Waits until the customer sees something.
    @discardableResult
    package func wait(
        until what: String, within limit: Duration = .seconds(90), _ condition: ([String: Any]) -> Bool
    ) async throws -> [String: Any] {
        var view: [String: Any] = [:]
        do {
            try await poll("\(number) is \(what)", within: limit, every: .milliseconds(50)) {
                view = try await self.view()
                return condition(view)
            }
        } catch {
            throw StoryFailure("\(error); the customer sees \(view)\n\(await system.troubles())")
        }
        return view
    }

    /// Waits until it stands so.
    @discardableResult
    package func wait(for status: String, within limit: Duration = .seconds(90)) async throws -> [String: Any] {
        try await wait(until: status, within: limit) { $0["status"] as? String == status }
    }

    @discardableResult
    package func answerProposal(
        _ version: Int, _ answer: String, comment: String? = nil, expecting status: Int = 200
    ) async throws -> HTTPAnswer {
        try await wait(until: "proposed in version \(version)") { view in
            (view["proposal"] as? [String: Any])?["version"] as? Int == version
        }
        var body = ["answer": answer]
        body["comment"] = comment
        return try await customer("proposals/\(version)/answer", body, expecting: status)
    }

    @discardableResult
    package func answerExplanation(_ answer: String, comment: String) async throws -> HTTPAnswer {
        try await wait(for: "explaining")
        return try await customer("explanation/answer", ["answer": answer, "comment": comment])
    }

    @discardableResult
    package func survey(solved: Bool, satisfaction: Int, comment: String) async throws -> HTTPAnswer {
        try await wait(until: "open for the survey") { $0["surveyIsOpen"] as? Bool == true }
        return try await customer("survey", ["solved": solved, "satisfaction": satisfaction, "comment": comment])
    }

    /// Says something at Callback with the code.
    @discardableResult
    package func customer(
        _ path: String, _ body: [String: Any], expecting status: Int = 200
    ) async throws -> HTTPAnswer {
        try await Self.post(system.client(.callback), "\(api)/\(path)?code=\(code)", body, expecting: status)
    }

    /// Says something at Intake with the code: `supplements`, `chases`, `withdrawal`.
    @discardableResult
    package func tellIntake(_ path: String, _ body: [String: Any]) async throws -> HTTPAnswer {
        try await Self.post(
            system.client(.intake), "/intake/api/complaints/\(number)/\(path)?code=\(code)", body, expecting: 201)
    }

    // MARK: The staff

    /// Decides at the triage desk, as soon as Routing has heard of the complaint and lets it be decided.
    package func decide(_ path: String, _ body: [String: Any]) async throws {
        try await poll("\(number) can be given its \(path)", every: .milliseconds(100)) {
            let client = self.system.client(.routing, as: "coordinator")
            _ = try await Self.post(client, "/routing/api/complaints/\(self.number)/\(path)", body)
            return true
        }
    }

    /// Does something in a department, as soon as it is among what can be done: `acknowledgement`, `solution`, ….
    package func department(
        _ id: String, _ action: String, _ body: [String: Any] = [:], as role: String = "handler"
    ) async throws {
        guard let department = DepartmentID(id) else { throw StoryFailure("\(id) is no department") }
        let client = system.client(.department(department), as: "\(id).\(role)")
        let path = "/departments/\(id)/api/cases/\(number)"
        var seen = ""
        do {
            try await poll("\(id) can do its \(action)", within: .seconds(30), every: .milliseconds(50)) {
                let answer = try await client.get(path)
                seen = answer.text
                return (answer.json["actions"] as? [String])?.contains(action) == true
            }
        } catch {
            throw StoryFailure("\(number): \(error); the department sees \(seen)\n\(await system.troubles())")
        }
        _ = try await Self.post(client, "\(path)/\(action)", body)
    }

    /// Signs for the case and investigates it.
    package func investigate(at department: String) async throws {
        try await self.department(department, "acknowledgement")
        try await findCause(at: department)
    }

    package func findCause(at department: String) async throws {
        try await self.department(
            department, "investigation",
            [
                "findings": "壶底密封圈装配偏移 0.6 毫米", "directCause": "密封圈偏移", "rootCause": "装配夹具磨损",
                "responsibility": "产品质量部",
            ])
    }

    package func propose(_ measures: String, at department: String, compensation: String = "100.00") async throws {
        try await self.department(
            department, "solution",
            [
                "measures": measures, "compensation": compensation, "grounds": "三包规定",
                "completionDue": RFC3339.text(Date() + 3 * 86_400),
            ])
    }

    package func implement(at department: String) async throws {
        try await self.department(
            department, "implementation", ["outcome": "新机已送到", "completedAt": RFC3339.text(Date())])
    }

    /// Calls the customer back.
    @discardableResult
    package func call(solved: Bool, satisfaction: Int, comment: String) async throws -> HTTPAnswer {
        try await wait(until: "due for a callback") { $0["status"] as? String == "callbackDue" }
        return try await Self.post(
            system.client(.callback, as: "caller"), "\(api)/callbacks",
            ["solved": solved, "satisfaction": satisfaction, "comment": comment])
    }

    // MARK: The record

    /// What Reporting has on record, once the condition holds.
    @discardableResult
    package func ticket(until what: String, _ condition: ([String: Any]) -> Bool) async throws -> [String: Any] {
        var ticket: [String: Any] = [:]
        do {
            try await poll("the ticket \(number) \(what)", within: .seconds(30), every: .milliseconds(100)) {
                let client = self.system.client(.reporting, as: "manager")
                ticket = try await client.get("/reporting/api/tickets/\(self.number)").json
                return condition(ticket)
            }
        } catch {
            throw StoryFailure("\(error); the ticket says \(ticket)")
        }
        return ticket
    }

    /// Posts JSON.
    /// - Throws: `StoryFailure` with the answer when it has another status.
    package static func post(
        _ client: HTTPClient, _ path: String, _ body: [String: Any], expecting status: Int = 200
    ) async throws -> HTTPAnswer {
        let json = String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self)
        let answer = try await client.post(path, json: json)
        guard answer.status == status else {
            throw StoryFailure("POST \(path): \(answer.status) instead of \(status): \(answer.text)")
        }
        return answer
    }
}

/// A story that took another turn.
package struct StoryFailure: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
