import Foundation
import RandomStreams
import Tensors
import Testing

@Suite struct SoftmaxTests {
  @Test(arguments: seeds)
  func includedEntriesAreTheSoftmaxAndSumToOne(seed: UInt64) {
    var random = RandomStream(seed: seed, "softmax")
    let bounds = random.offsets(segments: 6, largest: 9)
    let scores = random.floats(bounds[6], spread: 4)
    let excluded = scores.map { _ in random.below(3) == 0 }
    let (p, logPartition) = maskedSoftmax(scores, excluded: excluded, offsets: bounds)
    for row in 0..<6 {
      let included = (bounds[row]..<bounds[row + 1]).filter { !excluded[$0] }
      let total = included.reduce(0) { $0 + exp(Double(scores[$1])) }
      guard !included.isEmpty else {
        #expect(logPartition[row] == 0)
        continue
      }
      #expect(abs(Double(logPartition[row]) - log(total)) < 1e-5)
      #expect(abs(included.reduce(0) { $0 + p[$1] } - 1) < 1e-5)
      for i in included { #expect(abs(Double(p[i]) - exp(Double(scores[i])) / total) < 1e-6) }
    }
    for i in excluded.indices where excluded[i] { #expect(p[i] == 0) }
  }

  @Test func aRowWithEverythingExcludedIsZeroAndNotNaN() {
    let (p, logPartition) = maskedSoftmax(
      [3, .nan, 1], excluded: [true, true, false], offsets: [0, 2, 2, 3])
    #expect(p == [0, 0, 1])
    #expect(logPartition == [0, 0, 1])
  }

  @Test func scoresOfAnySizeStayFinite() {
    let (p, logPartition) = maskedSoftmax(
      [1e30, -1e30, 1e30, 500, 499], excluded: [Bool](repeating: false, count: 5),
      offsets: [0, 3, 5])
    #expect(p[0] == 0.5 && p[1] == 0 && p[2] == 0.5)
    #expect(abs(logPartition[1] - 500.313_26) < 1e-4)
  }

  @Test(arguments: seeds)
  func excludedScoresDoNotMatter(seed: UInt64) {
    var random = RandomStream(seed: seed, "excluded")
    let scores = random.floats(12)
    let excluded = scores.indices.map { $0.isMultiple(of: 3) }
    let other = scores.indices.map { excluded[$0] ? Float.infinity : scores[$0] }
    let first = maskedSoftmax(scores, excluded: excluded, offsets: [0, 5, 12])
    let second = maskedSoftmax(other, excluded: excluded, offsets: [0, 5, 12])
    #expect(first.probabilities == second.probabilities)
    #expect(first.logPartition == second.logPartition)
  }
}
