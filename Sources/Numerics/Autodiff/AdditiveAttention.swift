package import Tensors

extension Tape {
  /// Additive attention of each request's queries over its keys; see `Tensors.additiveAttention`.
  ///
  /// `query [R, A]`, `key [S, A]`, `v [1, A]`, `bias [S, 1]`, `value [S, V]` -> `[R, V]`.
  package func additiveAttention(
    query: Variable, key: Variable, v: Variable, bias: Variable, value values: Variable,
    _ shape: AdditiveShape
  ) -> Variable {
    let variables = [query, key, v, bias, values]
    let inputs = AdditiveInputs(
      query: value(query), key: value(key), v: value(v), bias: value(bias), value: value(values))
    let (output, weights) = Tensors.additiveAttention(inputs, shape)
    guard recording else { return constant(output) }
    return record(output, from: variables) { gradient, gradients in
      var own = AdditiveInputs(
        query: gradients.takeOrZeros(query), key: gradients.takeOrZeros(key),
        v: gradients.takeOrZeros(v), bias: gradients.takeOrZeros(bias),
        value: gradients.takeOrZeros(values))
      addAdditiveAttentionPullback(gradient, inputs, weights: weights, shape, into: &own)
      gradients.add(own.query, to: query)
      gradients.add(own.key, to: key)
      gradients.add(own.v, to: v)
      gradients.add(own.bias, to: bias)
      gradients.add(own.value, to: values)
    }
  }
}
