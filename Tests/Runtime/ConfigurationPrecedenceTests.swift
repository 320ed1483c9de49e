import Foundation
import Runtime
import Testing

@Suite struct ConfigurationPrecedenceTests {
    @Test func defaultsHoldWhenNothingIsSaid() async throws {
        let configuration = try await load()
        #expect(configuration.common.http == .init(host: "127.0.0.1", port: 8081, bodyLimit: 1_048_576))
        #expect(configuration.common.consumer.retryTiers == [.seconds(5), .seconds(30), .seconds(120), .seconds(600)])
        #expect(configuration.common.consumer.prefetch == 500)
        #expect(configuration.common.clock == .init(start: nil, anchor: nil, speed: 1))
        #expect(configuration.common.sites.reporting.absoluteString == "http://127.0.0.1:8084")
        #expect(configuration.common.broker.declares)
        #expect(configuration.common.policyFile == "policy.yaml")
        #expect(configuration.instance == "01")
        #expect(configuration.pin == nil)
        #expect(configuration.common.storePath("intake") == ".redress/data/intake.sqlite")
    }

    @Test(arguments: [
        (["--http-port", "1"], ["REDRESS_HTTP_PORT": "2"], "http: {port: 3}", 1),
        (["--http-port=1"], ["REDRESS_HTTP_PORT": "2"], nil, 1),
        ([], ["REDRESS_HTTP_PORT": "2"], "http: {port: 3}", 2),
        ([], [:], "http: {port: 3}", 3),
        ([], [:], nil, 8081),
    ])
    func theStrongerSourceWins(
        arguments: [String], environment: [String: String], yaml: String?, port: Int
    ) async throws {
        #expect(try await load(arguments, environment: environment, yaml: yaml).common.http.port == port)
    }

    @Test(arguments: [
        (["--consumer-retry-tiers", "1s,2s"], nil), ([], "consumer: {retryTiers: [1s, 2s]}"),
        ([], "consumer:\n  retryTiers: 1s,2s"),
    ])
    func listsMeanTheSameEverywhere(arguments: [String], yaml: String?) async throws {
        let configuration = try await load(arguments, yaml: yaml)
        #expect(configuration.common.consumer.retryTiers == [.seconds(1), .seconds(2)])
    }

    @Test func departmentsHaveSites() async throws {
        let sites = "logistics=http://10.0.0.1:8090/,sales=https://sales.example/redress"
        let configuration = try await load(["--sites-departments", sites])
        #expect(configuration.common.sites.departments.map(\.id.text) == ["logistics", "sales"])
        #expect(
            configuration.common.sites.departments.map(\.address.absoluteString)
                == ["http://10.0.0.1:8090", "https://sales.example/redress"])
    }

    @Test func helpExplainsEveryKey() async throws {
        let outcome = try await ConfigurationLoader.load(
            SampleConfiguration.self, arguments: ["redress-intake", "--help"], environment: [:])
        guard case .help(let text) = outcome else {
            Issue.record("no help")
            return
        }
        for key in CommonKeys(SampleConfiguration.identity).declarations + SampleConfiguration.ownKeys {
            #expect(text.contains(key.flag))
            #expect(text.contains(key.variable))
            #expect(text.contains(key.meaning))
        }
        #expect(text.contains("--signin-users-file"))
        #expect(text.contains("REDRESS_CONSUMER_RETRY_TIERS"))
        #expect(text.contains("Default: 8081"))
    }
}
