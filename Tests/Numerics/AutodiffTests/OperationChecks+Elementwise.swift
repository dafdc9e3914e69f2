import Autodiff
import RandomStreams
import Tensors

@Sendable func activationChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "activation")
  return Activation.allCases.map { f in
    let (rows, columns) = (random.size(1...4), random.size(1...20))
    let x = Matrix(
      rows: rows, columns: columns, scalars: random.floatsAwayFromZero(rows * columns))
    return GradientCheck([x]) { tape in tape.activation(f, tape.parameter(0)) }
  }
}

@Sendable func addChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "add")
  let (rows, columns) = (random.size(2...4), random.size(1...20))
  let x = random.matrix(rows, columns)
  let sum = { (tape: Tape) in tape.add(tape.parameter(0), tape.parameter(1)) }
  return [
    GradientCheck([x, random.matrix(rows, columns)], sum),
    GradientCheck([x, random.matrix(1, columns)], sum),
    GradientCheck([x]) { tape in tape.add(tape.parameter(0), tape.parameter(0)) },
  ]
}

@Sendable func joinedChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "joined")
  let (rows, columns) = (random.size(1...4), random.size(2...5))
  let (a, b) = (random.matrix(rows, columns), random.matrix(rows, columns))
  return [(0..<columns).map { $0 % 2 == 0 }, [Bool](repeating: true, count: columns)].map {
    products in
    GradientCheck([a, b]) { tape in
      tape.joined(tape.parameter(0), tape.parameter(1), products: products)
    }
  }
}

@Sendable func elementwiseProductChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "elementwise product")
  let (rows, columns) = (random.size(1...4), random.size(1...20))
  let x = random.matrix(rows, columns)
  return [
    GradientCheck([x, random.matrix(rows, columns)]) { tape in
      tape.elementwiseProduct(tape.parameter(0), tape.parameter(1))
    },
    GradientCheck([x]) { tape in
      tape.elementwiseProduct(tape.parameter(0), tape.parameter(0))
    },
  ]
}

@Sendable func scaleChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "scale")
  let x = random.matrix(random.size(1...4), random.size(1...20))
  return [-2.5, 0.3].map { alpha in
    GradientCheck([x]) { tape in tape.scale(tape.parameter(0), by: alpha) }
  }
}

@Sendable func weightedSumChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "weighted sum")
  let x = random.matrix(random.size(1...4), random.size(1...20))
  let weights = random.floats(x.scalars.count)
  return [GradientCheck([x]) { tape in tape.weightedSum(tape.parameter(0), weights: weights) }]
}

@Sendable func sigmoidCrossEntropyChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "cross-entropy")
  let x = random.matrix(random.size(1...4), random.size(1...20), spread: 2)
  let targets = x.scalars.map { _ in Float(random.uniform()) }
  let weights = masked(random.floatsAwayFromZero(x.scalars.count), &random)
  return [
    GradientCheck([x]) { tape in
      tape.sigmoidCrossEntropy(tape.parameter(0), targets: targets, weights: weights)
    }
  ]
}

/// Distances from the targets are drawn on both sides of delta, none within a tenth of it.
@Sendable func huberChecks(seed: UInt64) -> [GradientCheck] {
  var random = RandomStream(seed: seed, "huber")
  return [Float(0.5), 1, 2].map { delta in
    let x = random.matrix(random.size(1...4), random.size(1...20))
    let targets = x.scalars.map { value in
      let inside = Float(0.9 * random.uniform()) * delta
      let distance = random.uniform() < 0.5 ? inside : inside + 1.1 * delta
      return random.uniform() < 0.5 ? value + distance : value - distance
    }
    let weights = masked(random.floatsAwayFromZero(x.scalars.count), &random)
    return GradientCheck([x]) { tape in
      tape.huber(tape.parameter(0), targets: targets, weights: weights, delta: delta)
    }
  }
}

/// About a third of the weights set to 0, never the first.
private func masked(_ weights: [Float], _ random: inout RandomStream) -> [Float] {
  weights.enumerated().map { $0.offset > 0 && random.below(3) == 0 ? 0 : $0.element }
}
