/// A seeded stream of random numbers, named by (seed, stream, step, request).
///
/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): the
/// numbers are a function of the name and a counter, so a stream can be made anywhere, in any
/// order and on any worker, and always gives the same bytes.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private var key: SIMD2<UInt32>
  private var counter: SIMD4<UInt32>
  private var spare: UInt64?

  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - stream: what the numbers are for; different names give unrelated streams.
  ///   - step: position in training or any other outer index.
  ///   - request: inner index, below 2^32 for distinct streams.
  package init(seed: UInt64, _ stream: StaticString, step: UInt64 = 0, request: UInt64 = 0) {
    self.init(seed: seed, name: "\(stream)", step: step, request: request)
  }

  /// The same for a name that is only known at run time.
  package init(seed: UInt64, name: String, step: UInt64 = 0, request: UInt64 = 0) {
    // FNV-1a over the name, mixed with the seed and both indices by SplitMix64 steps; 64 bits of
    // the mix are the key, 64 more start the counter, whose other 64 bits then count.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var mix = RandomStream.scramble(seed ^ 0x9e37_79b9_7f4a_7c15)
    mix = RandomStream.scramble(mix ^ hash)
    mix = RandomStream.scramble(mix ^ step)
    let low = RandomStream.scramble(mix ^ request)
    let high = RandomStream.scramble(low &+ 0x9e37_79b9_7f4a_7c15)
    key = SIMD2(UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32))
    counter = SIMD4(
      0, 0, UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
    spare = nil
  }

  package mutating func next() -> UInt64 {
    if let ready = spare {
      spare = nil
      return ready
    }
    let block = RandomStream.philox(counter: counter, key: key)
    counter.x &+= 1
    if counter.x == 0 { counter.y &+= 1 }
    spare = UInt64(block.z) | UInt64(block.w) << 32
    return UInt64(block.x) | UInt64(block.y) << 32
  }

  /// SplitMix64's finaliser: every input bit reaches every output bit.
  private static func scramble(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Ten rounds of Philox4x32.
  package static func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = UInt64(c.x) &* 0xd251_1f53
      let b = UInt64(c.z) &* 0xcd9e_8d57
      c = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ c.y ^ k.x, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c.w ^ k.y, UInt32(truncatingIfNeeded: a))
      k = SIMD2(k.x &+ 0x9e37_79b9, k.y &+ 0xbb67_ae85)
    }
    return c
  }
}
