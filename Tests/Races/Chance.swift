/// A source of chance that gives the same for the same seed (SplitMix64), so that what a test found can be found again.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) {
        // Seeds that follow each other must not give the same sequence one step apart.
        state = UInt64(truncatingIfNeeded: seed) &* 0xD134_2543_DE82_EF95
        state = next() ^ (next() << 1)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in so many of a hundred cases.
    mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
