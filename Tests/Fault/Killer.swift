import Foundation
import TestSupport

/// Kills one process after another with SIGKILL, in an order and at instants that follow from a seed. What was killed is
/// started again at once, the broker too; the next kill does not wait for it to be ready.
struct Killer {
    enum Victim: Hashable, CustomStringConvertible {
        case service(SystemService)
        case broker

        var description: String {
            switch self {
            case .service(let service): service.description
            case .broker: "broker"
            }
        }
    }

    let system: RunningSystem
    let victims: [Victim]
    private var random: SeededGenerator

    init(system: RunningSystem, seed: UInt64, rounds: Int) {
        var random = SeededGenerator(seed: seed)
        let everything = system.services.map { Victim.service($0) } + [.broker]
        victims = (0..<rounds).flatMap { _ in everything.shuffled(using: &random) }
        self.system = system
        self.random = random
    }

    /// - Returns: how many times each was killed.
    mutating func run() async throws -> [Victim: Int] {
        var kills: [Victim: Int] = [:]
        for victim in victims {
            try await Task.sleep(for: .milliseconds(Int.random(in: 100...1500, using: &random)))
            switch victim {
            case .broker:
                try system.broker.kill()
                try await system.broker.start()
            case .service(let service): try await kill(service, afterStarts: 1 + (kills[victim] ?? 0))
            }
            kills[victim, default: 0] += 1
        }
        return kills
    }

    /// It may just be between its last end and its start.
    private func kill(_ service: SystemService, afterStarts starts: Int) async throws {
        let system = system
        try await poll("\(service) runs again", within: .seconds(20)) {
            guard system.starts(of: service) == starts else { return false }
            try system.kill(service)
            return true
        }
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
