import Contracts
import Foundation
import Persistence
import Procedure

/// What the supervision group (监督小组) does with samples (抽查; W20), each in one transaction.
struct InspectionDesk: Sendable {
    let store: RoutingStore
    let work: CaseWork

    /// Draws a period's next sample by the pack's share.
    ///
    /// - Parameters:
    ///   - draw: which of the period's samples is meant, so that a form that is sent twice draws once; nil: the next.
    ///   - seed: for the draw; chosen by the program.
    /// - Throws: `InspectionRejection`.
    func draw(
        _ period: InspectionPeriod, _ terms: SupervisionTerms, draw: Int?, by name: String,
        seed: String = SampleDraw.newSeed()
    ) async throws -> SampleRecord {
        try await store.database.write { [pack = work.pack] unit in
            guard period.start <= unit.now else { throw InspectionRejection.notBegun }
            let next = try SampleTable.draws(of: period.name, in: unit.db) + 1
            let number = draw ?? next
            if number < next, let known = try SampleTable.find(period.name, draw: number, in: unit.db) {
                guard known.drawnBy == name else { throw InspectionRejection.drawnMeanwhile }
                return known
            }
            let population = try SampleTable.population(of: period, by: pack, in: unit.db)
            let draw = SampleDraw(seed: seed, size: terms.sampleSize(of: population.count))
            let drawn = draw.drawn(from: population)
            guard !drawn.isEmpty else { throw InspectionRejection.nothingToDraw }
            let sample = SampleRecord(
                id: 0, period: period.name, draw: next, from: period.start, until: min(period.end, unit.now),
                seed: seed,
                percent: terms.samplePercent, population: population, drawnAt: unit.now, drawnBy: name)
            return try SampleTable.insert(sample, drawn: drawn, in: unit.db)
        }
    }

    /// Writes down what the inspection of a drawn complaint came to. It can be corrected until a notice rests on it; the
    /// complaint's history keeps every result.
    /// - Throws: `InspectionRejection`.
    func record(
        _ result: InspectionResult, of number: TicketNumber, in id: Int64, by name: String
    ) async throws {
        try await store.database.write { [work] unit in
            guard try SampleTable.find(id, in: unit.db) != nil else { throw InspectionRejection.unknownSample }
            guard let entry = try SampleTable.entry(number, in: id, in: unit.db) else {
                throw InspectionRejection.notDrawn
            }
            if entry.result == result { return }
            guard entry.rectification == nil else { throw InspectionRejection.alreadyOrdered }
            try SampleTable.write(result, of: number, in: id, at: unit.now, by: name, in: unit.db)
            try work.noteDuty(
                "inspection.\(result.verdict.rawValue)", result.finding, number, by: .staff(name), in: unit)
        }
    }
}
