import Autodiff
package import Checkpoints
package import EvaluatorModel
package import Features
package import ListPolicy
package import Networks
package import Objectives
package import RandomStreams
package import ScreenModel
import Sessions

/// The family `mixed`: inserts of several channels are put between organic items that keep their order, as the
/// best plan under the channels' limits says.
///
/// Scores first, then a plan (EdgeRec's mixed feed; source article 000): a network predicts what each item would
/// earn at each place from what surrounds it, and a planner finds the best places.
/// It writes one list for a w and is no law that lists could be drawn from.
package struct MixedPolicy: ListPolicy {
  package static let family = "mixed"
  package static let title = "Mixed feed"
  package static let limits = """
    A mixed feed keeps the order of the organic items as it finds it, and values each insert by the organic \
    items around its place: what inserts do to each other it sees only when whole plans are compared.
    """

  package var configuration: MixedConfiguration
  package var ranker: ScreenRanker
  let objectives: ObjectiveSet
  /// nil where nobody asks them.
  package var evaluators: EvaluatorEnsemble?
  /// Places of the channels' flags, and of what orders candidates, among the columns of a batch.
  let flags: [Int]
  package let order: Int?

  /// - Parameter evaluators: their heads cover what the objectives predict.
  /// - Throws: `ScreenScoreError`, `MixedChannelsError`.
  package init(
    _ configuration: MixedConfiguration, layout: FeatureLayout, objectives: ObjectiveSet,
    evaluators: EvaluatorEnsemble, stream: RandomStream
  ) throws {
    try self.init(
      configuration, layout: layout, objectives: objectives, heads: evaluators.heads,
      evaluators: configuration.asksEvaluators ? evaluators : nil, stream: stream)
  }

  package init(
    _ checkpoint: CheckpointReader, layout: FeatureLayout, objectives: ObjectiveSet
  ) throws {
    let configuration = try checkpoint.section(Self.family, as: MixedConfiguration.self)
    let role = EvaluatorRole.training
    try self.init(
      configuration, layout: layout, objectives: objectives,
      heads: try checkpoint.section(role.section, as: EvaluatorRecord.self).heads,
      evaluators: configuration.asksEvaluators
        ? try EvaluatorEnsemble(checkpoint, layout: layout) : nil,
      stream: RandomStream(seed: 0, "mixed.load"))
    try loadParameters(of: checkpoint)
  }

  private init(
    _ configuration: MixedConfiguration, layout: FeatureLayout, objectives: ObjectiveSet,
    heads: [EvaluatorHead], evaluators: EvaluatorEnsemble?, stream: RandomStream
  ) throws {
    func place(_ column: CandidateColumn) throws -> Int {
      guard let place = layout.columns.firstIndex(of: column) else {
        throw MixedChannelsError.missing(column.feature)
      }
      return place
    }
    guard !configuration.channels.isEmpty else { throw MixedChannelsError.none }
    self.configuration = configuration
    self.objectives = objectives
    self.evaluators = evaluators
    flags = try configuration.channels.map { try place($0.column) }
    order = try configuration.order.map { try place(CandidateColumn(.number, of: $0)) }
    ranker = try ScreenRanker(
      configuration.network, layout: layout, heads: heads,
      looksBelow: configuration.surroundings, stream: stream)
  }

  package var needsEvaluators: Bool { evaluators != nil }

  /// k
  package var objectiveCount: Int { objectives.count }

  package var channels: [FeedChannelDescription] {
    configuration.channels.map { channel in
      FeedChannelDescription(
        name: channel.name, flag: channel.flag,
        bounds: ChannelBounds(
          gap: channel.gap, first: channel.first, minimum: channel.minimum,
          maximum: channel.maximum, share: channel.share, price: channel.price),
        viewDecay: configuration.viewDecay)
    }
  }

  package var parameters: Parameters {
    get { ranker.parameters }
    set { ranker.parameters = newValue }
  }

  /// Nothing but w: what is expected of an item does not depend on it.
  package func prepare(_ weights: [Float]) -> PreparedWeights { PreparedWeights(weights) }

  package func lists(
    _ batch: RequestBatch, weights: [PreparedWeights], lengths: [Int],
    constraints: [DecodingConstraints]?, isOver: () -> Bool
  ) -> [DecodedList] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let prepared = ranker.prepared(batch, on: tape)
    return lengths.indices.map { b in
      let constraint = constraints?[b] ?? .none
      precondition(
        constraint.allow(length: lengths[b], candidates: batch.candidateCount(b)),
        "request \(b): \(batch.candidateCount(b)) candidates cannot fill \(lengths[b]) slots")
      let planning = MixedPlanning(
        policy: self, batch: batch, prepared: prepared,
        request: MixedRequest(
          batch, b, length: lengths[b], constraint, configuration: configuration, flags: flags,
          order: order),
        constraints: constraint, weights: weights[b].weights)
      return DecodedList(items: planning.list(on: tape, isOver: isOver))
    }
  }
}

extension MixedConfiguration {
  /// Whether lists need the list evaluators.
  var asksEvaluators: Bool { values == .evaluators || referee == .evaluators }
}

/// Channels that a policy cannot work with.
package enum MixedChannelsError: Error, Sendable, Equatable, CustomStringConvertible {
  case none
  /// A feature that the schema does not read.
  case missing(String)

  package var description: String {
    switch self {
    case .none:
      "mixed.channels: expected at least one channel, got none; name the sources of inserts, such as "
        + "{name: ad, flag: is_ad, gap: 4}"
    case .missing(let feature):
      "mixed.channels: the checkpoint's schema does not read \(feature); train it again with this "
        + "configuration"
    }
  }
}
