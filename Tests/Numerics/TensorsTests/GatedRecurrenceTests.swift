import Foundation
import RandomStreams
import Tensors
import Testing

@Suite struct GatedRecurrenceTests {
  @Test(arguments: seeds)
  func theStateAfterIsTheFormulas(seed: UInt64) {
    var random = RandomStream(seed: seed, "gated step")
    let (rows, g) = (random.size(1...4), random.size(1...35))
    let x = random.matrix(rows, 3 * g)
    let u = random.matrix(rows, 3 * g)
    let h = random.matrix(rows, g)
    let (state, gates) = gatedStep(x: x, recurrent: u, h: h)
    for i in 0..<rows {
      for j in 0..<g {
        func pre(_ m: Matrix, _ gate: Int) -> Double { Double(m[i, gate * g + j]) }
        let r = 1 / (1 + exp(-pre(x, 0) - pre(u, 0)))
        let z = 1 / (1 + exp(-pre(x, 1) - pre(u, 1)))
        let n = tanh(pre(x, 2) + r * pre(u, 2))
        #expect(abs(Double(state[i, j]) - ((1 - z) * n + z * Double(h[i, j]))) < 2e-6)
        for (gate, value) in [r, z, n].enumerated() {
          #expect(abs(pre(gates, gate) - value) < 1e-6)
        }
      }
    }
  }

  /// The state after lies between the candidate in (-1, 1) and the state before.
  @Test(arguments: seeds)
  func statesNeverLeaveTheUnitBox(seed: UInt64) {
    var random = RandomStream(seed: seed, "bounded")
    var h = Matrix(rows: 2, columns: 20)
    for _ in 0..<50 {
      let x = random.matrix(2, 60, spread: 30)
      h = gatedStep(x: x, recurrent: random.matrix(2, 60, spread: 30), h: h).state
      #expect(h.scalars.allSatisfy { abs($0) <= 1 + 1e-6 })
    }
  }
}
