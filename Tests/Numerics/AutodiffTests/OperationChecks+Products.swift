import Autodiff
import RandomStreams
import Tensors

@Sendable func linearChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "linear")
  let (inner, outer) = (random.size(1...20), random.size(1...20))
  let x = random.matrix(random.size(1...5), inner)
  let weight = random.matrix(inner, outer)
  return [
    GradientCheck([x, weight]) { tape in
      tape.linear(tape.parameter(0), weight: tape.parameter(1))
    },
    GradientCheck([x, weight, random.matrix(1, outer)]) { tape in
      tape.linear(tape.parameter(0), weight: tape.parameter(1), bias: tape.parameter(2))
    },
    partsCheck(&random),
  ]
}

/// Three inputs of one layer, one of them with a row per segment.
private func partsCheck(_ random: inout RandomStream) -> GradientCheck {
  let segments = random.offsets(segments: random.size(1...3), largest: 3)
  let rows = segments[segments.count - 1]
  let widths = (0..<3).map { _ in random.size(1...9) }
  let outer = random.size(1...9)
  let inputs = [
    random.matrix(rows, widths[0]), random.matrix(segments.count - 1, widths[1]),
    random.matrix(rows, widths[2]), random.matrix(widths.reduce(0, +), outer),
    random.matrix(1, outer),
  ]
  return GradientCheck(inputs) { tape in
    let weight = tape.parameter(3)
    return tape.linear(
      [
        LinearTerm(tape.parameter(0), weight: weight),
        LinearTerm(tape.parameter(1), weight: weight, firstRow: widths[0], segments: segments),
        LinearTerm(tape.parameter(2), weight: weight, firstRow: widths[0] + widths[1]),
      ], bias: tape.parameter(4))
  }
}

@Sendable func perRequestLinearChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "per-request linear")
  let (requests, k) = (random.size(1...3), random.size(1...3))
  let (inner, outer) = (random.size(1...9), random.size(1...9))
  let x = random.matrix(requests * k, inner)
  let weight = random.matrix(requests, inner * outer)
  return [
    GradientCheck([x, weight]) { tape in
      tape.perRequestLinear(tape.parameter(0), weight: tape.parameter(1), rowsPerRequest: k)
    },
    GradientCheck([x, weight, random.matrix(requests, outer)]) { tape in
      tape.perRequestLinear(
        tape.parameter(0), weight: tape.parameter(1), bias: tape.parameter(2), rowsPerRequest: k)
    },
  ]
}

@Sendable func pairwiseProductsChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "pairwise products")
  let n = random.size(1...5)
  let x = random.matrix(n * random.size(1...3), random.size(1...20))
  return [GradientCheck([x]) { tape in tape.pairwiseProducts(tape.parameter(0), slots: n) }]
}

/// Rows are spread wide: where a row's deviation nears the step, the differences see its curvature.
@Sendable func layerNormaliseChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "layer normalise")
  let width = random.size(5...40)
  let x = random.matrix(random.size(1...4), width, spread: 3)
  return [
    GradientCheck([x, random.matrix(1, width), random.matrix(1, width)]) { tape in
      tape.layerNormalise(
        tape.parameter(0), gain: tape.parameter(1), bias: tape.parameter(2))
    }
  ]
}

@Sendable func requestProductsChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "request products")
  let offsets = [0, random.size(1...3), 0, 0].enumerated().reduce(into: [Int]()) { ends, next in
    ends.append(next.offset < 2 ? next.element : ends[next.offset - 1] + random.size(0...3))
  }
  let (rows, columns) = (offsets[3], random.size(1...6))
  let (a, b) = (random.matrix(rows, columns), random.matrix(rows, columns))
  return [
    GradientCheck([a, b]) { tape in
      tape.requestProducts(tape.parameter(0), tape.parameter(1), offsets: offsets)
    }
  ]
}

@Sendable func placedAttentionChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "placed attention")
  let shape = PlacedShape(
    PointerShape(offsets: [0, 4, 7], lists: 2, attention: 16, local: 0))
  let pairs = shape.pairOffsets[2]
  let (logits, gains) = (random.matrix(1, pairs), random.matrix(1, pairs))
  return [
    GradientCheck([logits, gains]) { tape in
      tape.placedAttention(
        shape, logits: tape.parameter(0), gains: tape.parameter(1),
        lists: [[2, 0], [3], [], [1, 2, 0]])
    }
  ]
}
