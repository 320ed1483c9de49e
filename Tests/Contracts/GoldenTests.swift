import Contracts
import Foundation
import Testing

/// One JSON sample for each version of each message. A sample is never changed once it has been released: whoever reads
/// a message must be able to read it for ever.
enum Golden {
    static let folder = Bundle.module.resourceURL.map { $0.appendingPathComponent("Golden") }

    static func sample(_ type: MessageType) throws -> Data {
        let folder = try #require(folder)
        return try Data(contentsOf: folder.appendingPathComponent("\(type.name).json"))
    }

    /// JSON with its keys in order and nothing else to choose, for comparing.
    static func canonical(_ json: Data) throws -> String {
        let value = try JSONSerialization.jsonObject(with: json)
        let data = try JSONSerialization.data(
            withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
        return String(decoding: data, as: UTF8.self)
    }
}

@Suite struct GoldenTests {
    static let names = MessageCatalogue.all.map { $0.type.name }

    @Test func catalogueNamesEveryTypeOnce() {
        #expect(Set(Self.names).count == Self.names.count)
        for name in Self.names { #expect(MessageType(name: name)?.name == name) }
    }

    @Test(arguments: names) func everySampleDecodesAndIsWrittenAgainAsItWas(_ name: String) throws {
        let type = try #require(MessageType(name: name))
        let payload = try #require(MessageCatalogue.payload(for: type))
        let sample = try Golden.sample(type)
        let event = try Golden.event(payload, from: sample)
        #expect(try Golden.canonical(ContractJSON.encode(event)) == Golden.canonical(sample))
    }

    /// A sample that leaves a field out would say nothing about it.
    @Test(arguments: names) func everySampleShowsEveryField(_ name: String) throws {
        let type = try #require(MessageType(name: name))
        let payload = try #require(MessageCatalogue.payload(for: type))
        let event = try Golden.event(payload, from: Golden.sample(type))
        // Nobody has approved a draft yet, and a customer has no sign-in name.
        let allowed: Set = ["by.name", "solution.approvedBy", "solution.approvals"]
        let absent = missing(in: event).filter { !allowed.contains($0) }
        #expect(absent == [])
    }

    /// Fields that a later version of the sender adds are ignored.
    @Test(arguments: names) func unknownFieldsAreIgnored(_ name: String) throws {
        let type = try #require(MessageType(name: name))
        let payload = try #require(MessageCatalogue.payload(for: type))
        let sample = try Golden.sample(type)
        var object = try #require(try JSONSerialization.jsonObject(with: sample) as? [String: Any])
        object["addedLater"] = ["a": 1]
        let extended = try JSONSerialization.data(withJSONObject: object)
        let event = try Golden.event(payload, from: extended)
        #expect(try Golden.canonical(ContractJSON.encode(event)) == Golden.canonical(sample))
    }

    /// What was said before a field was added lies in queues and journals: it is read as it was.
    @Test func everyEarlierSampleIsReadAsItWas() throws {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Earlier")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!files.isEmpty)
        for file in files {
            let sample = try Data(contentsOf: folder.appendingPathComponent(file))
            let type = try #require(MessageType(name: String(file.dropLast(".json".count))))
            let event = try Golden.event(try #require(MessageCatalogue.payload(for: type)), from: sample)
            #expect(try Golden.canonical(ContractJSON.encode(event)) == Golden.canonical(sample))
        }
    }

    /// Retired versions stay decodable: a sample without a type in the catalogue would be a message nobody can read.
    @Test func everySampleHasItsType() throws {
        let folder = try #require(Golden.folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(Self.names.map { "\($0).json" }))
    }

    /// The paths of optional fields that are nil.
    private func missing(in value: Any, at path: String = "") -> [String] {
        Mirror(reflecting: value).children.flatMap { child -> [String] in
            let name = [path, child.label ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
            let mirror = Mirror(reflecting: child.value)
            guard mirror.displayStyle == .optional else { return missing(in: child.value, at: name) }
            return mirror.children.first.map { missing(in: $0.value, at: name) } ?? [name]
        }
    }
}

extension Golden {
    /// The sample as its payload type reads it.
    static func event(_ payload: any Event.Type, from data: Data) throws -> any Event {
        func read<Payload: Event>(_ type: Payload.Type) throws -> Payload { try ContractJSON.decode(type, from: data) }
        return try read(payload)
    }
}
