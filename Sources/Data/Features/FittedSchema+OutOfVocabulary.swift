package import RandomStreams

extension FittedSchema {
  /// Replaces known categories by the out-of-vocabulary row, each with probability `rate`, in
  /// every categorical and bag of the request.
  ///
  /// For training only: a schema whose training data repeats every value would otherwise leave
  /// that row as it was initialised, and the first unknown shop in serving would meet noise.
  /// The missing row stays: that a feature is absent is known, not unknown.
  package static func dropToOutOfVocabulary(
    _ request: inout EncodedRequest, rate: Double, using stream: inout RandomStream
  ) {
    precondition((0...1).contains(rate), "rate must be within 0...1, got \(rate)")
    guard rate > 0 else { return }
    drop(&request.item.indices, rate, &stream)
    drop(&request.item.bagIndices, rate, &stream)
    drop(&request.user.indices, rate, &stream)
    drop(&request.user.bagIndices, rate, &stream)
    drop(&request.context.indices, rate, &stream)
    drop(&request.context.bagIndices, rate, &stream)
    for kind in request.history.indices {
      drop(&request.history[kind].item.indices, rate, &stream)
      drop(&request.history[kind].item.bagIndices, rate, &stream)
      drop(&request.history[kind].action.indices, rate, &stream)
      drop(&request.history[kind].action.bagIndices, rate, &stream)
    }
  }

  private static func drop(_ rows: inout [Int32], _ rate: Double, _ stream: inout RandomStream) {
    for i in rows.indices where rows[i] > CategoricalField.missingRow {
      if stream.uniform() < rate { rows[i] = CategoricalField.outOfVocabularyRow }
    }
  }
}
