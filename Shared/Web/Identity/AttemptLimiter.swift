import Foundation
import Synchronization

/// Limits how often something may be done: a bucket of tokens for each key (a name, an address) that fills up again
/// with time. Used for sign-in, for tracking codes and for public forms. It lives in memory: a restart forgives.
package final class AttemptLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Date
    }

    private let capacity: Double
    private let perSecond: Double
    private let mostKeys: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameters:
    ///   - capacity: how many attempts may come at once.
    ///   - refillEvery: seconds until one more is allowed.
    ///   - mostKeys: how many keys are remembered; beyond that, those with nothing to remember are forgotten.
    package init(capacity: Int, refillEvery: Double, mostKeys: Int = 50_000) {
        self.capacity = Double(capacity)
        self.perSecond = 1 / refillEvery
        self.mostKeys = mostKeys
    }

    /// Takes one attempt for `key`. Returns nothing when it is allowed, otherwise the whole seconds to wait.
    package func take(_ key: String, now: Date) -> Int? {
        buckets.withLock { buckets in
            var bucket = refilled(buckets[key], now: now)
            guard bucket.tokens >= 1 else {
                return max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
            }
            bucket.tokens -= 1
            if buckets[key] == nil, buckets.count >= mostKeys { makeRoom(&buckets, now: now) }
            buckets[key] = bucket
            return nil
        }
    }

    /// Gives an attempt back: it turned out to be a good one.
    package func giveBack(_ key: String, now: Date) {
        buckets.withLock { buckets in
            guard buckets[key] != nil else { return }
            var bucket = refilled(buckets[key], now: now)
            bucket.tokens = min(capacity, bucket.tokens + 1)
            buckets[key] = bucket
        }
    }

    private func refilled(_ bucket: Bucket?, now: Date) -> Bucket {
        guard let bucket else { return Bucket(tokens: capacity, at: now) }
        let passed = max(0, now.timeIntervalSince(bucket.at))
        return Bucket(tokens: min(capacity, bucket.tokens + passed * perSecond), at: now)
    }

    private func makeRoom(_ buckets: inout [String: Bucket], now: Date) {
        buckets = buckets.filter { refilled($0.value, now: now).tokens < capacity }
        // Everybody is being limited: an attack from very many addresses. Half are forgiven rather than using up memory.
        if buckets.count >= mostKeys {
            for key in buckets.keys.prefix(mostKeys / 2) { buckets[key] = nil }
        }
    }
}
