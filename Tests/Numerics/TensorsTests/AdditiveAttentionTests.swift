import Foundation
import RandomStreams
import Tensors
import Testing

/// The fused kernel against the formula, number by number in Double.
struct AdditiveAttentionTests {
  private static func example(seed: UInt64, spread: Float) -> (AdditiveInputs, AdditiveShape) {
    var random = RandomStream(seed: seed, "additive attention")
    func matrix(_ rows: Int, _ columns: Int, _ spread: Float) -> Matrix {
      Matrix(
        rows: rows, columns: columns,
        scalars: (0..<rows * columns).map { _ in Float(random.normal()) * spread })
    }
    let inputs = AdditiveInputs(
      query: matrix(9, 32, spread), key: matrix(8, 32, spread), v: matrix(1, 32, 0.5),
      bias: matrix(8, 1, 1), value: matrix(8, 5, 1))
    // The second request has no queries, the third a single key.
    return (inputs, AdditiveShape(queries: [0, 5, 5, 9], keys: [0, 4, 7, 8], width: 32))
  }

  private static func plain(_ inputs: AdditiveInputs, _ shape: AdditiveShape) -> [Double] {
    var result: [Double] = []
    for b in 0..<shape.queries.count - 1 {
      for t in shape.queries[b]..<shape.queries[b + 1] {
        let keys = shape.keys[b]..<shape.keys[b + 1]
        let scores = keys.map { j -> Double in
          (0..<shape.width).reduce(Double(inputs.bias[j, 0])) { sum, a in
            sum + Double(inputs.v[0, a])
              * tanh(Double(inputs.query[t, a]) + Double(inputs.key[j, a]))
          }
        }
        let top = scores.max() ?? 0
        let parts = scores.map { exp($0 - top) }
        let sum = parts.reduce(0, +)
        for column in 0..<inputs.value.columns {
          result.append(
            zip(keys, parts).reduce(0) { $0 + $1.1 / sum * Double(inputs.value[$1.0, column]) })
        }
      }
    }
    return result
  }

  @Test(arguments: [(1, 1), (2, 1), (3, 0.1), (4, 3), (5, 5)] as [(UInt64, Float)])
  func isTheFormula(seed: UInt64, spread: Float) {
    let (inputs, shape) = Self.example(seed: seed, spread: spread)
    let (output, weights) = additiveAttention(inputs, shape)
    let plain = Self.plain(inputs, shape)
    #expect(output.rows == 9 && output.columns == 5 && weights.count == 5 * 4 + 4)
    for (own, expected) in zip(output.scalars, plain) {
      #expect(abs(Double(own) - expected) < 2e-5)
    }
  }

  @Test func aSingleKeyGivesItsValue() {
    let (inputs, shape) = Self.example(seed: 7, spread: 1)
    let output = additiveAttention(inputs, shape).output
    for t in 5..<9 { #expect(Array(output.row(t)) == Array(inputs.value.row(7))) }
  }
}
