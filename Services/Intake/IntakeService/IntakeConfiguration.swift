import Foundation
import Runtime

/// What Intake is told beyond what every service is told.
///
/// Configuration keys
///
/// - `intake.instance`: two digits or capitals that tell apart several instances; part of every number they give.
/// - `intake.publicBurst`, `intake.publicPerMinute`: how many complaints one address may send without signing in.
/// - `intake.evidenceFiles`, `intake.evidenceSize`: how many files may come at once, and how large each may be.
package struct IntakeConfiguration: ServiceConfiguration {
    package static let identity = ServiceIdentity(
        name: "intake", purpose: "Hears complaints, gives each its number, and tells the other services.",
        defaultPort: 8081, bodyLimit: 8 * 1024 * 1024)

    private static let instanceKey = ConfigurationKey(
        "intake.instance",
        .text("two digits or capital letters, such as 01") { text in
            text.count == 2 && text.allSatisfy { ("0"..."9").contains($0) || ("A"..."Z").contains($0) }
        }, .defaulted("01"), meaning: "Tells this instance apart from others; part of every number it gives.")
    private static let publicBurstKey = ConfigurationKey(
        "intake.publicBurst", .integer(1...1_000_000), .defaulted("1200"),
        meaning: "How many complaints one address may send at once without signing in.")
    private static let publicPerMinuteKey = ConfigurationKey(
        "intake.publicPerMinute", .integer(1...1_000_000), .defaulted("6000"),
        meaning: "How many complaints a minute one address may send without signing in, in the long run.")
    private static let evidenceFilesKey = ConfigurationKey(
        "intake.evidenceFiles", .integer(0...50), .defaulted("10"),
        meaning: "How many files of evidence may come with a complaint or a supplement.")
    private static let evidenceSizeKey = ConfigurationKey(
        "intake.evidenceSize", .bytes, .defaulted("5 MiB"), meaning: "How large one file of evidence may be.")

    package static let ownKeys: [KeyDeclaration] = [
        instanceKey.declaration, publicBurstKey.declaration, publicPerMinuteKey.declaration,
        evidenceFilesKey.declaration, evidenceSizeKey.declaration,
    ]

    package let common: CommonConfiguration
    package var instance: String
    package var publicBurst: Int
    package var publicPerMinute: Int
    package var evidence: EvidenceLimits

    package init(common: CommonConfiguration, values: ConfigurationValues) throws {
        self.common = common
        instance = try values.value(Self.instanceKey)
        publicBurst = try values.value(Self.publicBurstKey)
        publicPerMinute = try values.value(Self.publicPerMinuteKey)
        evidence = EvidenceLimits(
            files: try values.value(Self.evidenceFilesKey), size: try values.value(Self.evidenceSizeKey))
    }
}
