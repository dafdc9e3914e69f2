import Autodiff
import RandomStreams
import Tensors

@Sendable func gatedCellChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "gated cell")
  let (rows, g) = (random.size(1...3), random.size(1...20))
  let inputs = [random.matrix(rows, 3 * g), random.matrix(rows, 3 * g), random.matrix(rows, g)]
  return [
    GradientCheck(inputs) { tape in
      tape.gatedCell(
        x: tape.parameter(0), recurrent: tape.parameter(1), h: tape.parameter(2))
    }
  ]
}

@Sendable func gatedSequenceChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "gated sequence")
  let (lists, n, g) = (random.size(1...3), random.size(1...4), random.size(1...9))
  let inputs = [
    random.matrix(lists * n, 3 * g), random.matrix(g, 3 * g, spread: 0.5),
    random.matrix(1, 3 * g),
  ]
  let picked = random.indices(n * random.size(1...3), below: lists * n)
  return [
    GradientCheck(inputs) { tape in
      tape.gatedSequence(
        x: tape.parameter(0), weight: tape.parameter(1), bias: tape.parameter(2), slots: n)
    },
    GradientCheck(inputs) { tape in
      tape.gatedSequence(
        x: tape.parameter(0), picked: picked, weight: tape.parameter(1),
        bias: tape.parameter(2), slots: n)
    },
  ]
}

@Sendable func attentionChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "attention")
  let (lists, n, heads) = (random.size(1...3), random.size(1...4), random.size(1...3))
  let lengths = (0..<lists).map { $0 == 0 ? random.size(1...n) : random.below(n + 1) }
  let qkv = random.matrix(lists * n, 3 * heads * random.size(1...18), spread: 0.7)
  // Slots of several lists may hold the same row; past a list's end stands -1.
  let picked = (0..<lists * n).map { slot in
    slot % n < lengths[slot / n] ? Int32(random.below(lists * n)) : -1
  }
  return [
    GradientCheck([qkv]) { tape in
      tape.attention(tape.parameter(0), slots: n, heads: heads, lengths: lengths)
    },
    GradientCheck([qkv]) { tape in
      tape.attention(
        tape.parameter(0), picked: picked, slots: n, heads: heads, lengths: lengths)
    },
  ]
}

/// Some requests have no queries; all have a key.
@Sendable func additiveAttentionChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "additive attention")
  let requests = random.size(1...3)
  let queries = random.offsets(segments: requests, largest: 3)
  // The last request has a choice, so that there is something to differentiate.
  let keys = (0..<requests).reduce(into: [0]) { bounds, b in
    bounds.append(bounds[b] + random.size(b == requests - 1 ? 3...5 : 1...4))
  }
  let width = 16 * random.size(1...2)
  let (r, s) = (queries[requests], keys[requests])
  let shape = AdditiveShape(queries: queries, keys: keys, width: width)
  let inputs = [
    random.matrix(r, width, spread: 0.5), random.matrix(s, width, spread: 0.5),
    random.matrix(1, width, spread: 0.3),
    random.matrix(s, 1), random.matrix(s, random.size(1...20)),
  ]
  return [
    GradientCheck(inputs) { tape in
      tape.additiveAttention(
        query: tape.parameter(0), key: tape.parameter(1), v: tape.parameter(2),
        bias: tape.parameter(3), value: tape.parameter(4), shape)
    }
  ]
}

@Sendable func pointerScoresChecks(seed: UInt64) -> [GradientCheck] {
  [0, 1, 3].map { local in
    let example = PointerExample(seed: seed, local: local)
    return GradientCheck(example.inputs) { tape in example.scores(on: tape) }
  }
}

/// Rows of 1...6 entries, some excluded; one row in four has no pick.
@Sendable func pickLogProbabilityChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "pick")
  let rows = random.size(1...5)
  let offsets = (0..<rows).reduce(into: [0]) { bounds, row in
    bounds.append(bounds[row] + random.size(row == 0 ? 2...6 : 1...6))
  }
  var excluded = [Bool](repeating: false, count: offsets[rows])
  let picks = (0..<rows).map { row in
    let pick = random.below(offsets[row + 1] - offsets[row])
    // The first row keeps two entries, so that there is a choice to differentiate.
    for i in offsets[row]..<offsets[row + 1] where i != offsets[row] + pick && row > 0 {
      excluded[i] = random.below(3) == 0
    }
    return row > 0 && random.below(4) == 0 ? -1 : Int32(pick)
  }
  let mask = excluded
  return [
    GradientCheck([random.matrix(1, mask.count)]) { tape in
      let scores = tape.parameter(0)
      let (p, logPartition) = maskedSoftmax(
        tape.value(scores).scalars, excluded: mask, offsets: offsets)
      return tape.pickLogProbability(
        scores, probabilities: p, logPartition: logPartition, offsets: offsets, picks: picks)
    }
  ]
}
