import RandomStreams
import Tensors

/// What every kernel makes of the same inputs, on sizes with and without a tail of a register.
enum LevelExample {
  static func results() -> [(name: String, numbers: [Float])] {
    var random = RandomStream(seed: 7, "levels")
    return elementwise(&random) + rows(&random) + products(&random) + softmax(&random)
      + normalisation(&random) + gates(&random) + pointer(&random) + attention(&random)
      + adam(&random)
  }

  private static func elementwise(_ random: inout RandomStream) -> [(String, [Float])] {
    let (x, z) = (random.floats(77, spread: 3), random.floats(77))
    var (sum, scaled, product) = (z, z, x)
    add(x, into: &sum)
    add(x, scaledBy: 0.3, into: &scaled)
    scale(&product, by: -1.7)
    let matrices = [x, z].map { Matrix(rows: 7, columns: 11, scalars: $0) }
    return [
      ("add", sum), ("add scaled", scaled), ("scale", product),
      ("multiply", Tensors.product(matrices[0], matrices[1]).scalars),
      ("squares", [Float(sumOfSquares(x))]),
    ]
      + Activation.allCases.flatMap { f in
        let y = f.apply(to: x)
        return [("\(f)", y), ("\(f) back", f.pullback(z, output: y))]
      }
  }

  private static func rows(_ random: inout RandomStream) -> [(String, [Float])] {
    let (x, bias) = (random.matrix(9, 37), random.matrix(1, 37))
    let indices: [Int32] = [3, -1, 0, 8, 3, 5, -1, 1, 2]
    let (segments, weights) = ([0, 4, 4, 9], [Float(0.5), 2, -0.7])
    var (biased, sum, scattered, spread) = (x, bias, x, x)
    biased.addToRows(bias)
    sum.addSumOfRows(x)
    scattered.scatterAdd(x, at: indices)
    let sums = x.segmentSums(segments, weights: weights)
    spread.addToSegments(sums, segments, weights: weights)
    var picked = x
    picked.scatterSegments(sums, indices, segments, weights: weights)
    return [
      ("bias", biased.scalars), ("sum of rows", sum.scalars), ("scatter", scattered.scalars),
      ("segment sums", sums.scalars), ("add to segments", spread.scalars),
      ("gathered sums", x.gatheredSums(indices, segments, weights: weights).scalars),
      ("scatter segments", picked.scalars),
    ]
  }

  private static func products(_ random: inout RandomStream) -> [(String, [Float])] {
    var results: [(String, [Float])] = []
    for shape in ProductsTests.shapes {
      let (a, b) = (random.matrix(shape.0, shape.2), random.matrix(shape.2, shape.1))
      let bias = random.matrix(1, shape.1)
      var c = Matrix(rows: shape.0, columns: shape.1)
      c.setProduct(a, b, bias: bias, rectified: true)
      c.setProduct(a, b, accumulating: true)
      var inner = Matrix(rows: shape.0, columns: shape.0)
      inner.setProduct(a, a, secondTransposed: true)
      results.append(("product \(shape)", c.scalars))
      results.append(("transposed product \(shape)", inner.scalars))
    }
    let wide = BrainFloatMatrix(random.matrix(21, 1100))
    var factors = random.floats(21)
    factors[4] = 0
    results.append(("brain product", wide.product(factors).scalars))
    var row = Matrix(rows: 1, columns: 1100)
    row.setProduct(
      Matrix(rows: 1, columns: 21, scalars: factors), random.matrix(21, 1100))
    return results + [("wide row", row.scalars)]
  }

  private static func softmax(_ random: inout RandomStream) -> [(String, [Float])] {
    let offsets = [0, 5, 42, 42, 75]
    let scores = random.floats(75, spread: 4)
    let excluded = (0..<75).map { $0 % 7 == 3 }
    let (p, partition) = maskedSoftmax(scores, excluded: excluded, offsets: offsets)
    let picks: [Int32] = [1, 30, -1, 2]
    let h = entropies(
      scores, probabilities: p, logPartition: partition, offsets: offsets, picks: picks)
    var slopes = random.floats(75)
    addPickPullback(
      random.matrix(4, 2), scores: scores, probabilities: p, logPartition: partition, entropies: h,
      offsets: offsets, picks: picks, into: &slopes)
    return [("softmax", p), ("partition", partition), ("entropy", h), ("pick back", slopes)]
  }

  private static func normalisation(_ random: inout RandomStream) -> [(String, [Float])] {
    let (x, g, gain) = (random.matrix(5, 53), random.matrix(5, 53), random.matrix(1, 53))
    let (rows, inverse) = normalisedRows(x)
    var (dx, scaled, sum) = (x, x, gain)
    addNormalisedRowsPullback(g, normalised: rows, inverseDeviations: inverse, into: &dx)
    addProduct(x, rowVector: gain, into: &scaled)
    addSumOfProducts(x, g, into: &sum)
    return [
      ("normalise", rows.scalars), ("deviations", inverse), ("normalise back", dx.scalars),
      ("gain", scaled.scalars), ("gain back", sum.scalars),
    ]
  }

  private static func gates(_ random: inout RandomStream) -> [(String, [Float])] {
    let (x, u, h) = (random.matrix(3, 3 * 21), random.matrix(3, 3 * 21), random.matrix(3, 21))
    let (state, gates) = gatedStep(x: x, recurrent: u, h: h)
    var (dx, du, dh) = (x, u, h)
    addGatedStepPullback(
      random.matrix(3, 21), gates: gates, recurrent: u, h: h, intoX: &dx, recurrent: &du, h: &dh)
    return [
      ("state", state.scalars), ("gates", gates.scalars), ("gates back", dx.scalars),
      ("recurrent back", du.scalars), ("state back", dh.scalars),
    ]
  }

  private static func pointer(_ random: inout RandomStream) -> [(String, [Float])] {
    let shape = PointerShape(offsets: [0, 13, 20], lists: 2, attention: 32, local: 3)
    let (key, query) = (random.matrix(20, 32), random.matrix(4, 32))
    let local = random.floats(shape.entries * 3)
    let (v, weights) = (random.matrix(2, 32), random.matrix(2, 96))
    let excluded = (0..<shape.entries).map { $0 % 5 == 1 }
    let scores = pointerScores(
      shape, key: key, query: query, localContext: local, v: v, localWeights: weights,
      excluded: excluded)
    var (dKey, dQuery, dV, dWeights) = (key, query, v, weights)
    addPointerScoresPullback(
      shape, gradient: random.floats(shape.entries), key: key, query: query, localContext: local,
      v: v, localWeights: weights, excluded: excluded, intoKey: &dKey, query: &dQuery, v: &dV,
      localWeights: &dWeights)
    return [
      ("scores", scores), ("key back", dKey.scalars), ("query back", dQuery.scalars),
      ("v back", dV.scalars), ("weights back", dWeights.scalars),
    ]
  }

  private static func attention(_ random: inout RandomStream) -> [(String, [Float])] {
    let qkv = random.matrix(2 * 19, 3 * 2 * 9)
    let shape = AttentionShape(qkv, slots: 19, heads: 2, lengths: [19, 6])
    let (output, weights) = listAttention(qkv, shape)
    var slopes = qkv
    addListAttentionPullback(
      random.matrix(2 * 19, 18), qkv: qkv, weights: weights, shape, into: &slopes)
    return [("attention", output.scalars), ("shares", weights), ("back", slopes.scalars)]
  }

  private static func adam(_ random: inout RandomStream) -> [(String, [Float])] {
    let step = AdamStep(
      gradientScale: 0.5, rate: 0.01, decay: 0.1, epsilon: 1e-8, first: 0.9, second: 0.999,
      corrections: (0.1, 0.001))
    var (p, m, v) = (random.floats(45), random.floats(45), random.floats(45).map(abs))
    step.move(&p, &m, &v, gradient: random.floats(45), range: 0..<45, gradientOffset: 0)
    return [("adam", p), ("first moment", m), ("second moment", v)]
  }
}
