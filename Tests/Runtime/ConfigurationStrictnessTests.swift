import Foundation
import Runtime
import Testing

@Suite struct ConfigurationStrictnessTests {
    /// Each wrong input with the key that the message names and words that it contains.
    @Test(arguments: [
        (["--http-port", "eighty"], "--http-port", "'eighty' is not a whole number from 0 to 65535"),
        (["--http-port", "65536"], "--http-port", "'65536' is not"),
        (["--http-prot", "8081"], "--http-prot", "did you mean --http-port?"),
        (["--http-port"], "--http-port", "needs a value"),
        (["--http-port", "1", "--http-port", "2"], "--http-port", "more than once"),
        (["stray"], "stray", "not expected here"),
        (["--http-port", "1", "2"], "2", "not expected here"),
        (["--clock-start", "yesterday"], "--clock-start", "RFC 3339"),
        (["--clock-speed", "0"], "--clock-speed", "a number above 0"),
        (["--clock-speed", "nan"], "--clock-speed", "a number above 0"),
        (["--log-level", "loud"], "--log-level", "trace, debug, info, notice, warning, error or critical"),
        (["--consumer-retry-tiers", "30s,5s"], "--consumer-retry-tiers", "rising"),
        (["--consumer-retry-tiers", "5"], "--consumer-retry-tiers", "rising"),
        (["--sites-intake", "ftp://x"], "--sites-intake", "an address such as"),
        (["--sites-departments", "a=http://x,a=http://y"], "--sites-departments", "departments with"),
        (["--broker-declare", "maybe"], "--broker-declare", "true or false"),
        (["--intake-instance", "001"], "--intake-instance", "two capital letters or digits"),
    ])
    func theCommandLineIsChecked(arguments: [String], key: String, words: String) async throws {
        let found = try await problems(arguments)
        #expect(found.problems.contains { $0.key == key && $0.explanation.contains(words) }, "\(found)")
        #expect(found.problems.allSatisfy { $0.source == "the command line" })
        #expect(found.exitCode == 64)
    }

    @Test(arguments: [
        ("REDRESS_HTP_PORT", "8081", "did you mean REDRESS_HTTP_PORT?"),
        ("REDRESS_INTAKE_INSTANC", "01", "did you mean REDRESS_INTAKE_INSTANCE?"),
        ("REDRESS_COLOUR", "red", "--help lists"),
        ("REDRESS_HTTP_PORT", "-1", "'-1' is not a whole number"),
        ("REDRESS_HTTP_BODY_LIMIT", "8 MB", "a number of bytes"),
        ("REDRESS_CLOCK_ANCHOR", "now", "RFC 3339"),
    ])
    func theEnvironmentIsChecked(variable: String, value: String, words: String) async throws {
        let found = try await problems(environment: [variable: value])
        #expect(found.problems.count == 1)
        #expect(found.problems.first?.key == variable)
        #expect(found.problems.first?.explanation.contains(words) == true, "\(found)")
        #expect(found.exitCode == 78)
    }

    @Test(arguments: [
        "REDRESS_DEPARTMENT_ID", "REDRESS_ROUTING_ANYTHING", "REDRESS_SITES_DEPARTMENTS", "PATH", "REDRESSED",
    ])
    func whatIsOfOthersIsLeftAlone(variable: String) async throws {
        #expect(try await problems(environment: [variable: "a=http://x"]).problems.isEmpty)
    }

    @Test func aKeyOfTheOthersIsUnknownOnTheCommandLine() async throws {
        let found = try await problems(["--department-id", "sales", "--department-title", "x"])
        #expect(found.problems.map(\.key) == ["--department-id", "--department-title"])
    }

    @Test(arguments: [
        ("http:\n  prot: 1", "http.prot", 2, "did you mean http.port?"),
        ("http: {port: 1}\nhtpp: {port: 2}", "htpp.port", 2, "did you mean http.port?"),
        ("config:\n  file: other.yaml", "config.file", 2, "is not a known key"),
    ])
    func theFileIsChecked(yaml: String, key: String, line: Int, words: String) async throws {
        let found = try await problems(yaml: yaml)
        #expect(found.problems.map(\.key) == [key])
        #expect(found.problems.first?.source.hasSuffix("line \(line)") == true, "\(found)")
        #expect(found.problems.first?.explanation.contains(words) == true, "\(found)")
    }

    @Test(arguments: ["- a list", "http: [", "just text"])
    func aFileThatIsNoMappingIsRefused(yaml: String) async throws {
        let found = try await problems(yaml: yaml)
        #expect(found.problems.map(\.key) == ["config.file"])
    }

    @Test func aMissingFileIsNamed() async throws {
        let found = try await problems(["--config-file", "/nowhere/redress.yaml"])
        #expect(found.description.contains("/nowhere/redress.yaml"))
        #expect(found.description.contains("cannot be read"))
    }

    @Test func aSharedFileMayHoldKeysOfOtherServices() async throws {
        #expect(try await problems(yaml: "department: {id: sales}\nhttp: {port: 1}").problems.isEmpty)
    }

    @Test func everythingIsReportedTogether() async throws {
        let found = try await problems(
            ["--http-port", "x", "--nonsense", "1"],
            environment: ["REDRESS_LOG_FORMAT": "xml", "REDRESS_HTP_HOST": "y"], yaml: "clock: {speed: fast}\nfoo: 1")
        #expect(
            Set(found.problems.map(\.key))
                == ["--http-port", "--nonsense", "REDRESS_LOG_FORMAT", "REDRESS_HTP_HOST", "clock.speed", "foo"])
        #expect(found.exitCode == 78)
    }

    @Test func whatIsRequiredIsNamedWithAllItsSpellings() async throws {
        await #expect {
            try await ConfigurationLoader.load(SampleConfiguration.self, arguments: ["x"], environment: [:])
        } throws: { error in
            let text = "\(error)"
            return ["broker.url", "--broker-url", "REDRESS_BROKER_URL", "policy.file"].allSatisfy(text.contains)
        }
    }

    @Test func aSecretIsNeverShown() async throws {
        let found = try await problems(environment: [
            "REDRESS_BROKER_URL": "http://me:geheim@x", "REDRESS_INTAKE_PIN": "geheim",
        ])
        #expect(found.problems.count == 2)
        #expect(!found.description.contains("geheim"))
        let configuration = try await load()
        #expect(!"\(configuration.common)".contains("geheim"))
        #expect(!String(reflecting: configuration.common).contains("geheim"))
        #expect(configuration.common.broker.url.reveal().contains("geheim"))
    }

    @Test func anAnchorNeedsAStart() async throws {
        let found = try await problems(["--clock-anchor", "2026-01-01T00:00:00Z"])
        #expect(found.problems.map(\.key) == ["clock.anchor"])
        #expect(found.description.contains("clock.start"))
    }
}
