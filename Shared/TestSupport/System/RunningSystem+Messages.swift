import AMQP
import Contracts
import Foundation
import Logging
import Messaging

extension RunningSystem {
    /// Publishes an event as if a service had said it.
    package func publish(_ event: some Event, about number: TicketNumber, source: String) async throws {
        let wire = try TestMessages.wire(event, about: number, at: Date(), source: source)
        let publisher = try AMQPPublisher(
            to: broker.address, declare: nil, options: ConnectionOptions(name: "test"),
            logger: Logger(label: "test"))
        try await publisher.waitUntilReady()
        let key = type(of: event).type.routingKey(department: event.routedDepartment)
        let results = await publisher.publish([
            Publication(wire, to: Destination(exchange: RedressTopology.events, routingKey: key))
        ])
        await publisher.close()
        guard results == [.confirmed] else { throw SystemFailure("\(wire.messageID ?? ""): \(results)") }
    }

    /// The id of the dead letter that a consumer parked about a complaint, as soon as Operations has it.
    package func deadLetter(about number: TicketNumber, of consumer: String) async throws -> Int {
        let operations = client(.operations, as: "operator")
        var found: Int?
        try await poll("\(consumer) has parked a message about \(number)", within: .seconds(60)) {
            let letters = try await operations.get("/operations/api/dead-letters").json["letters"] as? [[String: Any]]
            let letter = letters?.first {
                $0["subject"] as? String == number.text && $0["consumer"] as? String == consumer
            }
            found = letter?["id"] as? Int
            return found != nil
        }
        guard let found else { throw SystemFailure("no dead letter about \(number)") }
        return found
    }
}
