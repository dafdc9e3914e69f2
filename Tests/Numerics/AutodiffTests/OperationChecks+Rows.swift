import Autodiff
import RandomStreams
import Tensors

@Sendable func columnsChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "columns")
  let x = random.matrix(random.size(1...4), random.size(2...30))
  let first = random.below(x.columns)
  let range = first..<random.size(first + 1...x.columns)
  return [GradientCheck([x]) { tape in tape.columns(range, of: tape.parameter(0)) }]
}

/// One part is used twice, and one has no columns.
@Sendable func concatenateChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "concatenate")
  let rows = random.size(1...4)
  let parts = [random.size(1...20), random.size(1...20), 0].map { random.matrix(rows, $0) }
  return [
    GradientCheck(parts) { tape in
      tape.concatenate([0, 1, 2, 0].map { tape.parameter($0) })
    }
  ]
}

/// One part is used twice, and one has no rows.
@Sendable func stackChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "stack")
  let columns = random.size(1...20)
  let parts = [random.size(1...4), random.size(1...4), 0].map { random.matrix($0, columns) }
  return [
    GradientCheck(parts) { tape in tape.stack([0, 1, 2, 0].map { tape.parameter($0) }) }
  ]
}

/// Segments may be empty; without and with a row of nothing in each.
@Sendable func segmentAttentionChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "segment attention")
  let segments = random.offsets(segments: random.size(1...4), largest: 4)
  let rows = segments[segments.count - 1]
  let inputs = [random.matrix(rows, 1), random.matrix(rows, random.size(1...5))]
  return [false, true].map { withNothing in
    GradientCheck(inputs) { tape in
      tape.segmentAttention(
        scores: tape.parameter(0), values: tape.parameter(1), segments: segments,
        withNothing: withNothing)
    }
  }
}

@Sendable func gatherRowsChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "gather rows")
  let x = random.matrix(random.size(1...4), random.size(1...20))
  let indices = random.indices(random.size(1...8), below: x.rows)
  return [GradientCheck([x]) { tape in tape.gatherRows(tape.parameter(0), indices) }]
}

@Sendable func gatheredSumsChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "gathered sums")
  let x = random.matrix(random.size(1...4), random.size(1...20))
  let segments = random.offsets(segments: random.size(1...4), largest: 3)
  let indices = random.indices(segments[segments.count - 1], below: x.rows)
  let weights = random.floats(segments.count - 1)
  return [
    GradientCheck([x]) { tape in
      tape.gatheredSums(tape.parameter(0), indices, segments: segments, weights: weights)
    }
  ]
}

@Sendable func repeatRowsChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "repeat rows")
  let requests = random.size(1...4)
  let offsets = random.offsets(segments: requests, largest: 3)
  let x = random.matrix(requests, random.size(1...20))
  return [GradientCheck([x]) { tape in tape.repeatRows(tape.parameter(0), offsets: offsets) }]
}

@Sendable func reshapeChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "reshape")
  let (rows, columns, factor) = (random.size(1...4), random.size(1...9), random.size(1...4))
  let x = random.matrix(rows, factor * columns)
  return [GradientCheck([x]) { tape in tape.reshape(tape.parameter(0), rows: rows * factor) }]
}

@Sendable func segmentMeanChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "segment mean")
  let offsets = random.offsets(segments: random.size(1...4), largest: 3)
  let x = random.matrix(offsets[offsets.count - 1], random.size(1...20))
  return [GradientCheck([x]) { tape in tape.segmentMean(tape.parameter(0), offsets: offsets) }]
}

@Sendable func embeddingChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "embedding")
  let table = random.matrix(random.size(1...5), random.size(1...20))
  let indices = random.indices(random.size(1...8), below: table.rows)
  return [GradientCheck([table]) { tape in tape.embedding(0, indices) }]
}

@Sendable func embeddingMeanChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "embedding mean")
  let table = random.matrix(random.size(1...5), random.size(1...20))
  let offsets = random.offsets(segments: random.size(1...4), largest: 3)
  let indices = random.indices(offsets[offsets.count - 1], below: table.rows)
  return [GradientCheck([table]) { tape in tape.embeddingMean(0, indices, offsets: offsets) }]
}
