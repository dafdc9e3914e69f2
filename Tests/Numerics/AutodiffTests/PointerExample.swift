import Autodiff
import RandomStreams
import Tensors

/// A random call of pointer attention, with the definition in plain loops beside it.
///
/// Every hidden value is an odd multiple of 1/4, so none is near the kink of relu: keys lie on
/// halves plus a quarter, queries and the products of local context and weights on halves.
struct PointerExample {
  let shape: PointerShape
  /// Key, query, v and local weights: parameters 0...3 of a tape.
  let inputs: [Matrix]
  let localContext: [Float]
  let excluded: [Bool]

  init(seed: UInt64, local: Int) {
    var random = RandomStream(seed: seed, "pointer", request: UInt64(local))
    let requests = random.size(1...3)
    let offsets = random.offsets(segments: requests, largest: 4)
    let (lists, a) = (random.size(1...3), 16 * random.size(1...2))
    shape = PointerShape(offsets: offsets, lists: lists, attention: a, local: local)
    inputs = [
      random.grid(offsets[requests], a, unit: 0.5, shift: 0.25),
      random.grid(requests * lists, a, unit: 0.5),
      random.matrix(requests, a),
      random.grid(requests, local * a, unit: 1),
    ]
    let entries = shape.entries
    localContext = random.grid(1, entries * local, unit: 0.5).scalars
    excluded = (0..<entries).map { $0 < entries - 1 && random.below(3) == 0 }
  }

  func scores(on tape: Tape) -> Variable {
    tape.pointerScores(
      shape, key: tape.parameter(0), query: tape.parameter(1), v: tape.parameter(2),
      localWeights: tape.parameter(3), localContext: localContext, excluded: excluded)
  }

  /// One entry that is scored: its request, its key row, its query row, its place.
  private struct Entry {
    let request: Int
    let candidate: Int
    let row: Int
    let place: Int
  }

  private var entries: [Entry] {
    var result: [Entry] = []
    var place = 0
    for b in 0..<shape.requests {
      for k in 0..<shape.lists {
        for candidate in shape.offsets[b]..<shape.offsets[b + 1] {
          result.append(
            Entry(request: b, candidate: candidate, row: b * shape.lists + k, place: place))
          place += 1
        }
      }
    }
    return result.filter { !excluded[$0.place] }
  }

  private func hidden(_ entry: Entry, _ at: Int) -> Float {
    (0..<shape.local).reduce(inputs[0][entry.candidate, at] + inputs[1][entry.row, at]) {
      $0 + localContext[entry.place * shape.local + $1]
        * inputs[3][entry.request, $1 * shape.attention + at]
    }
  }

  /// `v . relu(key + query + sum_l local_l W_l)`, entry by entry.
  var plainScores: [Float] {
    var scores = [Float](repeating: 0, count: shape.entries)
    for entry in entries {
      for at in 0..<shape.attention {
        scores[entry.place] += inputs[2][entry.request, at] * max(0, hidden(entry, at))
      }
    }
    return scores
  }

  /// Gradients of `sum_i weights_i score_i` with respect to the four inputs.
  func plainGradients(_ weights: [Float]) -> [Matrix] {
    var result = inputs.map { Matrix(rows: $0.rows, columns: $0.columns) }
    for entry in entries {
      for at in 0..<shape.attention {
        let h = hidden(entry, at)
        guard h > 0 else { continue }
        let back = weights[entry.place] * inputs[2][entry.request, at]
        result[0][entry.candidate, at] += back
        result[1][entry.row, at] += back
        result[2][entry.request, at] += weights[entry.place] * h
        for l in 0..<shape.local {
          result[3][entry.request, l * shape.attention + at] +=
            back * localContext[entry.place * shape.local + l]
        }
      }
    }
    return result
  }
}
