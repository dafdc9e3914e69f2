import Autodiff
import RandomStreams
import Tensors
import Testing

/// Operations that do in one pass what several plain ones do, against those.
@Suite struct FusedOperationTests {
  /// Value of `run`, and the gradients of its weighted sum in all parameters.
  private func results(
    _ inputs: [Matrix], _ run: (Tape) -> Variable
  ) -> [[Float]] {
    let tape = Tape(parameters: inputs)
    let output = run(tape)
    let value = tape.value(output)
    var random = RandomStream(seed: 1, "slopes")
    let gradients = tape.gradients(
      of: tape.weightedSum(output, weights: random.floats(value.scalars.count)))
    return [value.scalars] + inputs.indices.map { gradients[parameter: $0]?.scalars ?? [] }
  }

  private func agree(_ a: [[Float]], _ b: [[Float]]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { distance($0, $1) < 2e-4 }
  }

  @Test(arguments: seeds)
  func aLayerOverPartsIsTheLayerOverThemSideBySide(seed: UInt64) {
    var random = RandomStream(seed: seed, "parts")
    let segments = random.offsets(segments: random.size(1...4), largest: 20)
    let rows = segments[segments.count - 1]
    let widths = (0..<3).map { _ in random.size(1...40) }
    let outer = random.size(1...60)
    let inputs = [
      random.matrix(rows, widths[0]), random.matrix(segments.count - 1, widths[1]),
      random.matrix(rows, widths[2]), random.matrix(widths.reduce(0, +), outer),
      random.matrix(1, outer),
    ]
    let plain = results(inputs) { tape in
      let repeated = tape.repeatRows(tape.parameter(1), offsets: segments)
      let all = tape.concatenate([tape.parameter(0), repeated, tape.parameter(2)])
      let sum = tape.linear(all, weight: tape.parameter(3), bias: tape.parameter(4))
      return tape.activation(.relu, sum)
    }
    let fused = results(inputs) { tape in
      let weight = tape.parameter(3)
      return tape.linear(
        [
          LinearTerm(tape.parameter(0), weight: weight),
          LinearTerm(tape.parameter(1), weight: weight, firstRow: widths[0], segments: segments),
          LinearTerm(tape.parameter(2), weight: weight, firstRow: widths[0] + widths[1]),
        ], bias: tape.parameter(4), rectified: true)
    }
    #expect(agree(fused, plain))
    #expect(!agree(fused, plain.map { $0.map { 1.02 * $0 } }), "the comparison sees 2 %")
  }

  @Test(arguments: seeds)
  func gatheredSumsAreSumsOfGatheredRows(seed: UInt64) {
    var random = RandomStream(seed: seed, "sums")
    let x = random.matrix(random.size(1...9), random.size(1...40))
    let segments = random.offsets(segments: random.size(1...5), largest: 6)
    let indices = random.indices(segments[segments.count - 1], below: x.rows)
    let counts = zip(segments, segments.dropFirst()).map { $1 - $0 }
    let plain = results([x]) { tape in
      tape.segmentMean(tape.gatherRows(tape.parameter(0), indices), offsets: segments)
    }
    let fused = results([x]) { tape in
      tape.gatheredSums(
        tape.parameter(0), indices, segments: segments,
        weights: counts.map { 1 / Float(max(1, $0)) })
    }
    #expect(agree(fused, plain))
  }

  @Test(arguments: seeds)
  func pickedRowsAreGatheredRows(seed: UInt64) {
    var random = RandomStream(seed: seed, "picked")
    let (n, lists, heads, g) = (random.size(1...5), random.size(1...4), random.size(1...3), 5)
    let rows = random.size(1...9)
    let lengths = (0..<lists).map { _ in random.size(1...n) }
    let picked = (0..<lists * n).map { slot in
      slot % n < lengths[slot / n] ? Int32(random.below(rows)) : -1
    }
    let qkv = random.matrix(rows, 3 * heads * random.size(1...20))
    let attended = [true, false].map { isFused in
      results([qkv]) { tape in
        let x = isFused ? tape.parameter(0) : tape.gatherRows(tape.parameter(0), picked)
        return tape.attention(
          x, picked: isFused ? picked : nil, slots: n, heads: heads, lengths: lengths)
      }
    }
    #expect(agree(attended[0], attended[1]))
    let cell = [random.matrix(rows, 3 * g), random.matrix(g, 3 * g), random.matrix(1, 3 * g)]
    let states = [true, false].map { isFused in
      results(cell) { tape in
        let x = isFused ? tape.parameter(0) : tape.gatherRows(tape.parameter(0), picked)
        return tape.gatedSequence(
          x: x, picked: isFused ? picked : nil, weight: tape.parameter(1),
          bias: tape.parameter(2), slots: n)
      }
    }
    #expect(agree(states[0], states[1]))
  }

  /// Serving walks along a list without what a gradient needs.
  @Test(arguments: seeds)
  func statesWithoutAGradientAreThoseWithOne(seed: UInt64) {
    var random = RandomStream(seed: seed, "states")
    let (n, lists, g) = (random.size(1...5), random.size(1...40), random.size(1...40))
    let picked = random.indices(lists * n, below: 9)
    let inputs = [random.matrix(9, 3 * g), random.matrix(g, 3 * g), random.matrix(1, 3 * g)]
    let states = [true, false].map { recording -> Matrix in
      let tape = Tape(parameters: inputs, recording: recording)
      return tape.value(
        tape.gatedSequence(
          x: tape.parameter(0), picked: picked, weight: tape.parameter(1),
          bias: tape.parameter(2), slots: n))
    }
    #expect(states[0] == states[1])
  }
}
