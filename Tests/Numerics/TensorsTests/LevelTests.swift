import Tensors
import Testing

/// The kernels' levels against each other; that of the machine is the one whose kernels all other
/// suites hold against their definitions. A level belongs to a process, so each test has its own.
@Suite struct LevelTests {
  typealias Results = [(name: String, numbers: [Float])]

  /// The results of a level that this processor has.
  private static func results(_ level: Processor.Level) -> Results {
    #expect(Processor.use(level) && Processor.level == level)
    return LevelExample.results()
  }

  /// The largest distance beside the larger of 1 and the numbers' own size.
  static func difference(_ a: [Float], _ b: [Float]) -> Float {
    distance(a, b) / max(1, b.reduce(0) { max($0, abs($1)) })
  }

  private static var others: [Processor.Level] {
    Processor.Level.allCases.filter { $0 < Processor.highest }
  }

  @Test func levelsThatFuseMultiplyAndAddHaveTheSameBits() async {
    await #expect(processExitsWith: .success) {
      let expected = Self.results(Processor.highest)
      for level in Self.others where level >= .avx2 {
        for (one, other) in zip(Self.results(level), expected) {
          #expect(one.numbers == other.numbers, "\(one.name) of \(level)")
        }
      }
    }
  }

  @Test func theBaselineDiffersByRoundingsOnly() async {
    await #expect(processExitsWith: .success) {
      let expected = Self.results(Processor.highest)
      for level in Self.others {
        for (one, other) in zip(Self.results(level), expected) {
          #expect(Self.difference(one.numbers, other.numbers) < 4e-6, "\(one.name) of \(level)")
        }
      }
    }
  }

  @Test func aDifferenceIsSeen() {
    let results = LevelExample.results()
    #expect(results.allSatisfy { Self.difference($0.numbers, $0.numbers) == 0 })
    for (name, numbers) in results {
      var other = numbers
      other[other.count / 2] += 1e-4 * max(1, numbers.reduce(0) { max($0, abs($1)) })
      #expect(Self.difference(other, numbers) > 4e-6, "\(name)")
    }
  }

  @Test func aLevelThatIsNotThereIsRefused() async {
    await #expect(processExitsWith: .success) {
      for level in Processor.Level.allCases {
        #expect(Processor.use(level) == (level <= Processor.highest))
      }
    }
  }
}
