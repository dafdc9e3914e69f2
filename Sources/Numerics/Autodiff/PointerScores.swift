package import Tensors

extension Tape {
  /// Scores of pointer attention with local context; see `Tensors.pointerScores`.
  ///
  /// `key [R, A]`, `query [B K, A]`, `v [B, A]`, `localWeights [B, L A]` -> `[1, entries]`.
  /// Local context and exclusions are data.
  package func pointerScores(
    _ shape: PointerShape, key: Variable, query: Variable, v: Variable, localWeights: Variable,
    localContext: [Float], excluded: [Bool]
  ) -> Variable {
    let (keys, queries) = (value(key), value(query))
    let (vs, weights) = (value(v), value(localWeights))
    let scores = Tensors.pointerScores(
      shape, key: keys, query: queries, localContext: localContext, v: vs,
      localWeights: weights, excluded: excluded)
    guard recording else {
      return constant(Matrix(rows: 1, columns: scores.count, scalars: scores))
    }
    return record(
      Matrix(rows: 1, columns: scores.count, scalars: scores), from: [key, query, v, localWeights]
    ) { gradient, gradients in
      var dKey = gradients.takeOrZeros(key)
      var dQuery = gradients.takeOrZeros(query)
      var dV = gradients.takeOrZeros(v)
      var dWeights = gradients.takeOrZeros(localWeights)
      addPointerScoresPullback(
        shape, gradient: gradient.scalars, key: keys, query: queries, localContext: localContext,
        v: vs, localWeights: weights, excluded: excluded, intoKey: &dKey, query: &dQuery, v: &dV,
        localWeights: &dWeights)
      gradients.add(dKey, to: key)
      gradients.add(dQuery, to: query)
      gradients.add(dV, to: v)
      gradients.add(dWeights, to: localWeights)
    }
  }
}
