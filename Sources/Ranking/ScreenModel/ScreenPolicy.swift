import Autodiff
package import Checkpoints
package import EvaluatorModel
package import Features
package import ListPolicy
package import ListSearch
package import Networks
package import Objectives
package import RandomStreams

/// The family `screen`: lists are searched for by a beam on what `ScreenRanker` expects of each candidate
/// below those above it, and on the exact increments of the rules under w.
///
/// It writes one list for a w and is no law that lists could be drawn from.
package struct ScreenPolicy: ListPolicy {
  package static let family = "screen"
  package static let title = "Screen model"
  package static let limits = """
    The screen model was fitted to logged feedback alone and knows of an item only what stands above \
    it: what items below do to it, it cannot see.
    """

  package let configuration: ScreenConfiguration
  package var ranker: ScreenRanker
  private let objectives: ObjectiveSet

  /// - Parameter heads: one per feedback kind of the log; they cover what the objectives predict.
  /// - Throws: `ScreenScoreError`.
  package init(
    _ configuration: ScreenConfiguration, layout: FeatureLayout, objectives: ObjectiveSet,
    heads: [EvaluatorHead], stream: RandomStream
  ) throws(ScreenScoreError) {
    self.configuration = configuration
    self.objectives = objectives
    ranker = try ScreenRanker(configuration, layout: layout, heads: heads, stream: stream)
  }

  /// The heads are those of the checkpoint's evaluators: both predict the same feedback.
  package init(
    _ checkpoint: CheckpointReader, layout: FeatureLayout, objectives: ObjectiveSet
  ) throws {
    let role = EvaluatorRole.training
    try self.init(
      try checkpoint.section(Self.family, as: ScreenConfiguration.self), layout: layout,
      objectives: objectives,
      heads: try checkpoint.section(role.section, as: EvaluatorRecord.self).heads,
      stream: RandomStream(seed: 0, "screen.load"))
    try loadParameters(of: checkpoint)
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
    searches(
      batch, weights: weights, lengths: lengths, constraints: constraints,
      beam: { self.beam(length: $0) }, isOver: isOver
    ).map { DecodedList(items: $0.items) }
  }

  /// The configured search for a list of some length.
  ///
  /// - Parameter decided: places, from the top, that have to be right, in place of the configured ones.
  package func beam(length: Int, decided: Int? = nil) -> AdaptiveBeam {
    let c = configuration.beam
    let decided = decided ?? c.decided
    return AdaptiveBeam(
      width: c.width, decided: decided < 1 ? length : min(decided, length),
      stability: c.stability, steps: c.steps == 0 ? .max : c.steps)
  }

  /// What the model expects of a whole list of one request: the reward that its places add, from the top
  /// down.
  package func score(of list: [Int], _ batch: RequestBatch, weights: PreparedWeights) -> Double {
    let pins = Dictionary(uniqueKeysWithValues: list.enumerated().map { ($0, $1) })
    return searches(
      batch, weights: [weights], lengths: [list.count],
      constraints: [DecodingConstraints(pins: pins)],
      beam: { AdaptiveBeam(width: 1, decided: $0) })[0].score
  }

  /// What a search finds for each request, and what it takes.
  ///
  /// - Parameter beam: the search for a list of some length. Under pins and rules it goes on to the end:
  ///   what a search that stops early fills up with knows nothing of them.
  package func searches(
    _ batch: RequestBatch, weights: [PreparedWeights], lengths: [Int],
    constraints: [DecodingConstraints]? = nil, beam: (_ length: Int) -> AdaptiveBeam,
    isOver: () -> Bool = { false }
  ) -> [AdaptiveBeam.Outcome] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let prepared = ranker.prepared(batch, on: tape)
    return lengths.indices.map { b in
      let constraint = constraints?[b] ?? .none
      let (first, count) = (batch.offsets[b], batch.candidateCount(b))
      precondition(
        constraint.allow(length: lengths[b], candidates: count),
        "request \(b): \(count) candidates cannot fill \(lengths[b]) slots under \(constraint)")
      let steered = SteeredBeam(
        objectives, weights: weights[b].weights, feedback: ranker.feedback)
      /// `[entry][item]`, of the step at hand.
      var predicted: [[Int: [Float]]] = []
      var search = beam(lengths[b])
      if !constraint.pins.isEmpty || constraint.rules != nil { search.decided = lengths[b] }
      return search.search(
        length: lengths[b], start: steered.start,
        expand: { entries in
          let open = entries.map { entry -> [Int] in
            var mask = [Bool](repeating: false, count: count)
            constraint.exclude(after: entry.items, from: &mask, entries: 0..<count)
            for item in entry.items { mask[item] = true }
            return (0..<count).filter { !mask[$0] }
          }
          var values = ranker.predictions(
            tape.value(
              ranker.outputs(
                prepared, rows: open.flatMap { $0.map { Int32(first + $0) } },
                places: zip(entries, open).flatMap { entry, items in
                  let place = ListPlace(behind: entry.items.map { Int32(first + $0) })
                  return items.map { _ in place }
                }, on: tape)))[...]
          predicted = []
          return zip(entries, open).map { entry, items in
            let own = Array(values.prefix(items.count))
            values = values.dropFirst(items.count)
            predicted.append(Dictionary(uniqueKeysWithValues: zip(items, own)))
            let gains = steered.gains(
              items, predictions: own, after: entry.items, factors: entry.state,
              length: lengths[b], columns: batch.columns[b])
            return zip(items, gains).map { (item: $0, gain: $1) }
          }
        },
        advance: { place, entry, item in
          steered.advanced(entry.state, by: predicted[place][item] ?? [])
        }, isOver: isOver)
    }
  }
}
