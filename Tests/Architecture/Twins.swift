import Foundation
import Testing
import Yams

/// A program of supervisor's configuration.
struct NativeProgram {
    var executable: String
    var environment: [String: String]

    /// Every program, with the departments' written out and the words in @…@ replaced by their defaults.
    static func all(
        configuration: String, department: String, departments: [PolicyDepartment]
    ) throws -> [String: NativeProgram] {
        let settings = try NativeSettings()
        var words = [
            // The default pack has no early warnings.
            "CLOCK_SPEED": try settings.value("UP_CLOCK_SPEED"), "WARNING_ROLES": "",
        ]
        for service in ["INTAKE", "ROUTING", "CALLBACK", "REPORTING", "OPERATIONS"] {
            let port = try settings.value("UP_\(service)_PORT")
            words["\(service)_PORT"] = port
            words["\(service)_SITE"] = "http://127.0.0.1:\(port)"
        }
        let first = try #require(Int(try settings.value("UP_DEPARTMENTS_PORT")))
        words["DEPARTMENT_SITES"] = departments.enumerated().map {
            "\($1.id)=http://127.0.0.1:\(first + $0)|\($1.title.zhHans)|\($1.title.en)"
        }.joined(separator: ",")
        var programs = parse(replace(words, in: configuration))
        for (index, item) in departments.enumerated() {
            words["DEPARTMENT"] = item.id
            words["DEPARTMENT_TITLE"] = "\(item.title.zhHans)|\(item.title.en)"
            words["DEPARTMENT_PORT"] = "\(first + index)"
            programs.merge(parse(replace(words, in: department))) { _, new in new }
        }
        return programs
    }

    private static func replace(_ words: [String: String], in text: String) -> String {
        words.reduce(text) { $0.replacing("@\($1.key)@", with: $1.value) }
    }

    private static func parse(_ text: String) -> [String: NativeProgram] {
        var programs: [String: NativeProgram] = [:]
        for section in text.split(separator: "\n[") where section.hasPrefix("program:") {
            let name = String(section.dropFirst("program:".count).prefix { $0 != "]" })
            let command = section.firstMatch(of: /\ncommand="([^"]+)"/).map { String($0.1) } ?? ""
            let pairs = section.matches(of: /([A-Z_]+)="([^"]*)"/).map { (String($0.1), String($0.2)) }
            programs[name] = NativeProgram(
                executable: (command as NSString).lastPathComponent,
                environment: Dictionary(pairs) { _, last in last })
        }
        return programs
    }
}

/// The defaults in compose/lib/settings.sh.
struct NativeSettings {
    private let text: String

    init() throws { text = try Repository.text("compose/lib/settings.sh") }

    func value(_ name: String) throws -> String {
        let match = try #require(text.firstMatch(of: try Regex("\\$\\{\(name):=([^}]+)\\}")))
        return String(try #require(match.output[1].substring))
    }
}

/// The services of compose.yaml.
struct ContainerSystem {
    struct Service {
        var image: String?
        var command: [String]
        var environment: [String: String]
        var ports: [String]
        var volumes: [String]
        var hasHealthCheck: Bool
    }

    var services: [String: Service]

    init(yaml: String) throws {
        let root = try #require(try Yams.load(yaml: yaml) as? [String: Any])
        let raw = try #require(root["services"] as? [String: [String: Any]])
        services = raw.mapValues { service in
            let environment = service["environment"] as? [String: Any] ?? [:]
            return Service(
                image: service["image"] as? String, command: service["command"] as? [String] ?? [],
                environment: environment.mapValues { Self.defaulted("\($0)") },
                ports: service["ports"] as? [String] ?? [], volumes: service["volumes"] as? [String] ?? [],
                hasHealthCheck: service["healthcheck"] != nil)
        }
    }

    /// `${UP_CLOCK_SPEED:-1}` is `1` unless somebody says otherwise.
    private static func defaulted(_ value: String) -> String {
        value.replacing(/\$\{[A-Z_]+:-([^}]*)\}/) { String($0.output.1) }
    }
}

/// A department of the default pack.
struct PolicyDepartment: Decodable {
    struct Title: Decodable {
        var zhHans: String
        var en: String
        enum CodingKeys: String, CodingKey {
            case zhHans = "zh-Hans"
            case en
        }
    }
    var id: String
    var title: Title
}

enum DefaultPolicy {
    private struct Pack: Decodable { var departments: [PolicyDepartment] }

    static func departments() throws -> [PolicyDepartment] {
        try YAMLDecoder().decode(Pack.self, from: try Repository.text("compose/policies/service-standard.yaml"))
            .departments
    }
}
