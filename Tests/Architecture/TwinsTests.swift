import Foundation
import Testing
import Yams

/// The native system and the container system are twins: the same services, ports and variables.
@Suite struct TwinsTests {
    let native: [String: NativeProgram]
    let containers: ContainerSystem

    init() throws {
        let containers = try ContainerSystem(yaml: try Repository.text("compose/compose.yaml"))
        self.containers = containers
        native = try NativeProgram.all(
            configuration: try Repository.text("compose/supervisord.conf"),
            department: try Repository.text("compose/department.conf"),
            departments: try DefaultPolicy.departments())
    }

    @Test("Both have the same services")
    func services() {
        // Erlang's port mapper is a process of its own natively, and inside the broker's container; what the setup
        // container does, compose/up does.
        let native = Set(native.keys).subtracting(["epmd"])
        let contained = Set(containers.services.keys).subtracting(["setup"])
        #expect(native == contained)
        #expect(native.count == 6 + (try? DefaultPolicy.departments().count).unwrapped)
    }

    @Test("Each service has the same variables")
    func variables() throws {
        for (name, program) in native where !["epmd", "broker"].contains(name) {
            let contained = try #require(containers.services[name])
            let variables = Set(program.environment.keys).subtracting(["FINGERPRINT"])
            #expect(variables == Set(contained.environment.keys), "\(name)")
            #expect(variables.allSatisfy { $0.hasPrefix("REDRESS_") }, "\(name)")
        }
    }

    @Test("Variables that are no place have the same value")
    func values() throws {
        let places: Set = [
            "REDRESS_HTTP_HOST", "REDRESS_CONFIG_FILE", "REDRESS_DATA_FOLDER", "REDRESS_POLICY_FILE",
            "REDRESS_SIGNIN_USERS_FILE", "REDRESS_SIGNIN_SECRET_FILE",
        ]
        for (name, program) in native where !["epmd", "broker"].contains(name) {
            let contained = try #require(containers.services[name]).environment
            for (variable, value) in program.environment where contained[variable] != nil && !places.contains(variable)
            {
                #expect(value == contained[variable], "\(name) \(variable)")
            }
            let configuration = try #require(program.environment["REDRESS_CONFIG_FILE"])
            #expect(configuration.hasSuffix("/\(name).yaml"))
            #expect(contained["REDRESS_CONFIG_FILE"]?.hasSuffix("/\(name).yaml") == true)
        }
    }

    @Test("Each service runs the same executable and listens on the same port, on this machine only")
    func ports() throws {
        for (name, program) in native where !["epmd", "broker"].contains(name) {
            let contained = try #require(containers.services[name])
            let port = try #require(program.environment["REDRESS_HTTP_PORT"])
            #expect(contained.ports == ["127.0.0.1:\(port):\(port)"], "\(name)")
            #expect(contained.command == [program.executable], "\(name)")
            #expect(program.environment["REDRESS_HTTP_HOST"] == "127.0.0.1", "\(name)")
        }
        let broker = try #require(containers.services["broker"])
        let settings = try NativeSettings()
        #expect(
            broker.ports == [
                "127.0.0.1:\(try settings.value("UP_BROKER_PORT")):5672",
                "127.0.0.1:\(try settings.value("UP_MANAGEMENT_PORT")):15672",
            ])
    }

    @Test("Containers run without root's rights, and are asked how they do")
    func hardening() throws {
        let dockerfile = try Repository.text("compose/Dockerfile")
        #expect(dockerfile.contains(/\nUSER redress\n/))
        for (name, service) in containers.services where name != "setup" {
            #expect(service.hasHealthCheck, "\(name)")
            #expect(!service.volumes.isEmpty, "\(name)")
        }
        #expect(containers.services["broker"]?.image?.hasPrefix("rabbitmq:") == true)
    }
}

extension Int? {
    /// The number, or one that equals nothing a test expects.
    fileprivate var unwrapped: Int { self ?? Int.min / 2 }
}
