import RandomStreams
import Testing

@Suite struct PhiloxTests {
  struct KnownAnswer: Sendable {
    let counter: SIMD4<UInt32>
    let key: SIMD2<UInt32>
    let words: SIMD4<UInt32>
  }

  /// The philox4x32-10 vectors that Random123 is distributed with: zeros, ones, the digits of pi.
  static let knownAnswers = [
    KnownAnswer(
      counter: SIMD4(repeating: 0), key: SIMD2(repeating: 0),
      words: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    KnownAnswer(
      counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
      words: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    KnownAnswer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: SIMD2(0xa409_3822, 0x299f_31d0),
      words: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]

  @Test(arguments: knownAnswers)
  func philoxGivesThePublishedWords(_ known: KnownAnswer) {
    #expect(RandomStream.philox(counter: known.counter, key: known.key) == known.words)
  }

  @Test func oneBitOfTheCounterChangesAboutHalfOfTheOutput() {
    let base = RandomStream.philox(counter: SIMD4(repeating: 0), key: SIMD2(7, 9))
    for lane in 0..<4 {
      for bit in 0..<32 {
        var counter = SIMD4<UInt32>(repeating: 0)
        counter[lane] = 1 << UInt32(bit)
        let changed = RandomStream.philox(counter: counter, key: SIMD2(7, 9)) ^ base
        let bits = (0..<4).reduce(0) { $0 + changed[$1].nonzeroBitCount }
        #expect((32...96).contains(bits), "\(bits) of 128 bits changed")
      }
    }
  }
}
