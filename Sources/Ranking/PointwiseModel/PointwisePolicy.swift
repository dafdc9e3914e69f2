package import Checkpoints
package import EvaluatorModel
package import Features
package import ListPolicy
package import Networks
package import Objectives
package import RandomStreams

extension PointwiseConfiguration: PolicyConfiguration {
  package static let meaning = "Sizes of the pointwise ranker, and how it is fitted."
}

/// The family `pointwise`: a list is written greedily from what `PointwiseRanker` expects of each
/// candidate by itself and from the exact increments of the rules under w.
///
/// It writes one list for a w and is no law that lists could be drawn from.
package struct PointwisePolicy: ListPolicy {
  package static let family = "pointwise"
  package static let title = "Pointwise ranker"
  package static let limits = """
    The pointwise ranker was fitted to logged feedback alone and looks at one item at a time: what \
    items do to each other's feedback it cannot see.
    """

  package let configuration: PointwiseConfiguration
  package var ranker: PointwiseRanker
  private let writer: SteeredWriter

  /// - Parameter heads: one per feedback kind of the log; they cover what the objectives predict.
  package init(
    _ configuration: PointwiseConfiguration, layout: FeatureLayout, objectives: ObjectiveSet,
    heads: [EvaluatorHead], stream: RandomStream
  ) {
    self.configuration = configuration
    ranker = PointwiseRanker(configuration, layout: layout, heads: heads, stream: stream)
    writer = SteeredWriter(objectives, feedback: ranker.feedback)
  }

  /// The heads are those of the checkpoint's evaluators: both predict the same feedback.
  package init(
    _ checkpoint: CheckpointReader, layout: FeatureLayout, objectives: ObjectiveSet
  ) throws {
    let role = EvaluatorRole.training
    self.init(
      try checkpoint.section(Self.family, as: PointwiseConfiguration.self), layout: layout,
      objectives: objectives,
      heads: try checkpoint.section(role.section, as: EvaluatorRecord.self).heads,
      stream: RandomStream(seed: 0, "pointwise.load"))
    try loadParameters(of: checkpoint)
  }

  package var parameters: Parameters {
    get { ranker.parameters }
    set { ranker.parameters = newValue }
  }

  /// Nothing but w: what single items are worth does not depend on it.
  package func prepare(_ weights: [Float]) -> PreparedWeights { PreparedWeights(weights) }

  package func lists(
    _ batch: RequestBatch, weights: [PreparedWeights], lengths: [Int],
    constraints: [DecodingConstraints]?, isOver: () -> Bool
  ) -> [DecodedList] {
    writer.lists(
      batch, values: ranker.values(batch), lengths: lengths, weights: weights.map(\.weights),
      constraints: constraints, isOver: isOver
    ).map { DecodedList(items: $0) }
  }
}
