import Autodiff
import Foundation
import RandomStreams
import Tensors
import Testing

@Suite struct PickLogProbabilityTests {
  /// All ordered selections of `n` of the items.
  private func lists(_ items: [Int], _ n: Int) -> [[Int]] {
    guard n > 0 else { return [[]] }
    return items.flatMap { first in
      lists(items.filter { $0 != first }, n - 1).map { [first] + $0 }
    }
  }

  /// Log-probability of one list under scores that depend on all that was placed before: step t is
  /// row t, over all m items, without the banned and the placed ones.
  private func logProbability(_ list: [Int], of m: Int, banned: [Bool], seed: UInt64) -> Double {
    var excluded: [Bool] = []
    var scores: [Float] = []
    var mask = banned
    var prefix: UInt64 = 1
    for item in list {
      var random = RandomStream(seed: seed, "scores", request: prefix)
      scores += random.floats(m).map { 3 * $0 }
      excluded += mask
      mask[item] = true
      prefix = prefix * UInt64(m + 1) + UInt64(item)
    }
    let offsets = (0...list.count).map { $0 * m }
    let tape = Tape(recording: false)
    let (p, logPartition) = maskedSoftmax(scores, excluded: excluded, offsets: offsets)
    let output = tape.value(
      tape.pickLogProbability(
        tape.constant(Matrix(rows: 1, columns: scores.count, scalars: scores)), probabilities: p,
        logPartition: logPartition, offsets: offsets, picks: list.map(Int32.init)))
    return (0..<list.count).reduce(0) { $0 + Double(output[$1, 0]) }
  }

  @Test(arguments: [(1, 1), (3, 2), (4, 4), (5, 3)], seeds)
  func theProbabilitiesOfAllListsSumToOne(_ size: (m: Int, n: Int), seed: UInt64) {
    var random = RandomStream(seed: seed, "banned")
    var banned = [Bool](repeating: false, count: size.m)
    // As many bans as leave n items.
    for item in random.permutation(size.m).prefix(size.m - size.n) {
      banned[item] = random.below(2) == 0
    }
    let all = lists((0..<size.m).filter { !banned[$0] }, size.n)
    let sum = all.reduce(0) {
      $0 + exp(logProbability($1, of: size.m, banned: banned, seed: seed))
    }
    #expect(abs(sum - 1) < 1e-5)
  }

  @Test func logProbabilityAndEntropyHaveTheirHandValues() {
    let tape = Tape()
    let scores: [Float] = [0, 0, 7, 0, logf(3)]
    let (p, logPartition) = maskedSoftmax(
      scores, excluded: [false, false, true, false, false], offsets: [0, 3, 5])
    let output = tape.value(
      tape.pickLogProbability(
        tape.constant(Matrix(rows: 1, columns: 5, scalars: scores)), probabilities: p,
        logPartition: logPartition, offsets: [0, 3, 5], picks: [1, 1]))
    let expected = [-log(2), log(2), log(0.75), -0.25 * log(0.25) - 0.75 * log(0.75)]
    for (found, value) in zip(output.scalars, expected) {
      #expect(abs(Double(found) - value) < 1e-6)
    }
  }

  /// Row 0 has an excluded entry, row 1 no pick, row 2 nothing left, row 3 no entries.
  @Test(arguments: seeds)
  func whatIsExcludedOrNotPickedAddsNothing(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "nothing")
    let offsets = [0, 4, 7, 9, 9]
    let excluded = [false, true, false, false, false, false, true, true, true]
    var scores = random.matrix(1, 9)
    // Whatever an excluded entry holds must not show.
    for i in excluded.indices where excluded[i] { scores.scalars[i] = .nan }
    let tape = Tape(parameters: [scores])
    let (p, logPartition) = maskedSoftmax(scores.scalars, excluded: excluded, offsets: offsets)
    let output = tape.pickLogProbability(
      tape.parameter(0), probabilities: p, logPartition: logPartition, offsets: offsets,
      picks: [2, -1, -1, -1])
    #expect(tape.value(output).scalars.suffix(6).allSatisfy { $0 == 0 })
    #expect(tape.value(output).row(0).allSatisfy { $0.isFinite && $0 != 0 })

    let gradient = try #require(tape.gradients(of: output)[parameter: 0]).scalars
    #expect(gradient.allSatisfy { $0.isFinite })
    #expect(excluded.indices.allSatisfy { !excluded[$0] || gradient[$0] == 0 })
    #expect(gradient[4...].allSatisfy { $0 == 0 })
    #expect(gradient[0] != 0 && gradient[2] != 0 && gradient[3] != 0)
  }

  /// Scores enter through their differences only, so each row's gradient sums to 0.
  @Test(arguments: seeds)
  func theGradientOfARowSumsToZero(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "sum")
    let scores = random.matrix(1, 8)
    let excluded = [Bool](repeating: false, count: 8)
    let (p, logPartition) = maskedSoftmax(scores.scalars, excluded: excluded, offsets: [0, 8])
    let tape = Tape(parameters: [scores])
    let output = tape.pickLogProbability(
      tape.parameter(0), probabilities: p, logPartition: logPartition, offsets: [0, 8],
      picks: [3])
    let gradient = try #require(tape.gradients(of: output)[parameter: 0]).scalars
    #expect(abs(gradient.reduce(0, +)) < 1e-5)
  }
}
