/// A hash that is the same in every process and on every machine, unlike `Hasher`'s:
/// FNV-1a over words of any kind, then a finaliser so that every bit of the result is usable.
package struct Fingerprint {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func add(_ text: String) {
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    // No UTF-8 text holds this byte, so it keeps neighbouring texts apart.
    state = (state ^ 0xff) &* 0x100_0000_01b3
  }

  package mutating func add(_ number: Int) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      let byte = UInt64(truncatingIfNeeded: number) >> shift & 0xff
      state = (state ^ byte) &* 0x100_0000_01b3
    }
  }

  package mutating func add(_ number: Double) { add(Int(bitPattern: UInt(number.bitPattern))) }

  package mutating func add(_ flag: Bool) { add(flag ? 1 : 0) }

  /// SplitMix64's finaliser over the state.
  package var value: UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension Fingerprint {
  /// The hash of one text.
  package static func of(_ text: String) -> UInt64 {
    var hash = Fingerprint()
    hash.add(text)
    return hash.value
  }
}
