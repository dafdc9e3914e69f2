package import Checkpoints
package import Features
package import Networks
package import Objectives

/// What writes lists, steered by w: all that training, evaluation and serving know of a family.
package protocol ListPolicy: Sendable {
  associatedtype Configuration: PolicyConfiguration

  /// What `family` says in a configuration and in a bundle; the name of the family's section in
  /// both, and what its tensors' names start with in a checkpoint.
  static var family: String { get }
  /// What the model is called in prose, at the start of a sentence.
  static var title: String { get }
  /// What whoever finds a model of the family should not expect of it, in a sentence or two.
  static var limits: String { get }

  /// Whether lists also need the evaluators' tensors; false by default.
  var needsEvaluators: Bool { get }

  /// Channels of inserts that lists are mixed from, each with what a list may hold of it; none by default.
  var channels: [FeedChannelDescription] { get }

  /// Sizes; the section of a bundle that the policy is read from, beside its tensors.
  var configuration: Configuration { get }
  /// All that is learned, and nothing else.
  var parameters: Parameters { get set }

  /// Reads the policy of a checkpoint.
  init(_ checkpoint: CheckpointReader, layout: FeatureLayout, objectives: ObjectiveSet) throws

  /// What is made once for each distinct w.
  func prepare(_ weights: [Float]) -> PreparedWeights

  /// The best list that the policy knows for each request of a batch, place by place.
  ///
  /// - Parameters:
  ///   - weights: per request, prepared by this policy.
  ///   - lengths: list length per request, at most what its constraints leave.
  ///   - constraints: per request; nil for none at all. They hold whatever w is.
  ///   - isOver: asked before each place; once it is true, the lists are left as they are then,
  ///     shorter than they should be. It never turns false again.
  func lists(
    _ batch: RequestBatch, weights: [PreparedWeights], lengths: [Int],
    constraints: [DecodingConstraints]?, isOver: () -> Bool
  ) -> [DecodedList]

  /// The same policy as it is to serve.
  func serving(_ precision: ServingPrecision) -> Self
}

extension ListPolicy {
  /// The same, with all the time it takes.
  package func lists(
    _ batch: RequestBatch, weights: [PreparedWeights], lengths: [Int],
    constraints: [DecodingConstraints]?
  ) -> [DecodedList] {
    lists(
      batch, weights: weights, lengths: lengths, constraints: constraints, isOver: { false })
  }

  package func serving(_ precision: ServingPrecision) -> Self { self }

  package var needsEvaluators: Bool { false }

  package var channels: [FeedChannelDescription] { [] }
}
