import Foundation
import RandomStreams
import Tensors
import Testing

@Suite struct ListAttentionTests {
  /// The definition for one output number, in Double.
  private func expected(
    _ qkv: Matrix, list: Int, slots n: Int, heads: Int, length: Int, row i: Int, column: Int
  ) -> Double {
    let c = qkv.columns / 3
    let d = c / heads
    let head = column / d
    func entry(_ row: Int, _ part: Int, _ at: Int) -> Double {
      Double(qkv[list * n + row, part * c + at])
    }
    let scores = (0..<length).map { j in
      (0..<d).reduce(0) { $0 + entry(i, 0, head * d + $1) * entry(j, 1, head * d + $1) }
        / Double(d).squareRoot()
    }
    let total = scores.reduce(0) { $0 + exp($1) }
    return (0..<length).reduce(0) { $0 + exp(scores[$1]) / total * entry($1, 2, column) }
  }

  @Test(arguments: seeds)
  func outputsAreSoftmaxWeightedValues(seed: UInt64) {
    var random = RandomStream(seed: seed, "attention")
    let (lists, n, heads) = (random.size(1...3), random.size(1...5), random.size(1...3))
    let c = heads * random.size(1...20)
    let qkv = random.matrix(lists * n, 3 * c)
    let lengths = (0..<lists).map { _ in random.below(n + 1) }
    let (output, weights) = listAttention(
      qkv, AttentionShape(qkv, slots: n, heads: heads, lengths: lengths))
    for b in 0..<lists {
      for i in 0..<n {
        for column in 0..<c {
          let value =
            i < lengths[b]
            ? expected(
              qkv, list: b, slots: n, heads: heads, length: lengths[b], row: i, column: column) : 0
          #expect(abs(Double(output[b * n + i, column]) - value) < 2e-5)
        }
        for head in 0..<heads {
          let start = ((b * heads + head) * n + i) * n
          let sum = weights[start..<start + n].reduce(0, +)
          #expect(abs(sum - (i < lengths[b] ? 1 : 0)) < 1e-5)
        }
      }
    }
  }
}
