import RandomStreams
import Testing

@Suite struct StreamNameTests {
  private func words(_ stream: RandomStream, _ count: Int = 100) -> [UInt64] {
    var stream = stream
    return (0..<count).map { _ in stream.next() }
  }

  @Test(arguments: [0, 1, .max] as [UInt64])
  func theSameNameGivesTheSameBytes(seed: UInt64) {
    let first = words(RandomStream(seed: seed, "lists", step: 3, request: 5))
    #expect(first == words(RandomStream(seed: seed, "lists", step: 3, request: 5)))
    #expect(first == words(RandomStream(seed: seed, name: "lists", step: 3, request: 5)))
  }

  /// Run directories promise that a seed gives the same bytes for good, so the bytes are pinned.
  @Test func theBytesOfAStreamNeverChange() {
    let found = words(RandomStream(seed: 1, "pinned", step: 2, request: 3), 3)
    #expect(found == [0x6984_03b2_a569_a868, 0xe0a3_322f_e261_796c, 0x5ace_162f_7362_2aff])
  }

  @Test func everyPartOfTheNameGivesAnotherStream() {
    var seen: Set<UInt64> = []
    var streams = 0
    for seed: UInt64 in [0, 1, 2, 1 << 32, .max] {
      for name in ["", "a", "b", "ab", "ba", "lists", "lists ", "weights"] {
        for step: UInt64 in [0, 1, 2, 1000] {
          for request: UInt64 in [0, 1, 2, 1000, 1 << 31] {
            let start = words(RandomStream(seed: seed, name: name, step: step, request: request), 2)
            seen.formUnion(start)
            streams += 1
          }
        }
      }
    }
    #expect(seen.count == 2 * streams)
  }

  /// Correlation of n independent pairs has standard deviation 1 / sqrt(n): the bound is 5 of them.
  @Test(arguments: [("lists", "weights"), ("fold 0", "fold 1"), ("a", "")])
  func streamsOfDifferentNamesAreUncorrelated(_ a: String, _ b: String) {
    var first = RandomStream(seed: 11, name: a)
    var second = RandomStream(seed: 11, name: b)
    let count = 40_000
    var sum = 0.0
    for _ in 0..<count { sum += (first.uniform() - 0.5) * (second.uniform() - 0.5) }
    #expect(abs(12 * sum / Double(count)) < 5 / Double(count).squareRoot())
  }

  @Test func neighbouringRequestsAreUncorrelated() {
    let count = 40_000
    var sum = 0.0
    for request in 0..<count {
      var here = RandomStream(seed: 4, "request", request: UInt64(request))
      var next = RandomStream(seed: 4, "request", request: UInt64(request + 1))
      sum += (here.uniform() - 0.5) * (next.uniform() - 0.5)
    }
    #expect(abs(12 * sum / Double(count)) < 5 / Double(count).squareRoot())
  }

  @Test func aCopyGoesOnFromTheSamePlace() {
    var stream = RandomStream(seed: 9, "copied")
    _ = words(stream, 1)
    _ = stream.next()
    #expect(words(stream) == words(stream))
    let copy = words(stream, 3)
    #expect(copy == [stream.next(), stream.next(), stream.next()])
  }
}
