import Autodiff
package import Checkpoints
import EvaluatorModel
package import Features
package import ListPolicy
import Networks
package import Objectives
import RandomStreams
import Tensors

extension GeneratorConfiguration: PolicyConfiguration {
  package static let meaning = "Sizes of the network that writes lists."
}

/// The family `generator`; what it prepares for a w is theta(w).
extension Generator: DrawingPolicy {
  package static let family = "generator"
  package static let title = "Generator"
  package static let limits = """
    The generator is good in the eyes of these evaluators; how far that holds for people shows only \
    in an experiment.
    """

  package init(
    _ checkpoint: CheckpointReader, layout: FeatureLayout, objectives: ObjectiveSet
  ) throws {
    let evaluators =
      checkpoint.hasSection(EvaluatorRole.training.section)
      ? try EvaluatorEnsemble(checkpoint, layout: layout) : nil
    self.init(
      try checkpoint.section(Self.family, as: GeneratorConfiguration.self), layout: layout,
      objectives: objectives,
      reference: evaluators.flatMap { ReferencePolicy($0, objectives: objectives) },
      stream: RandomStream(seed: 0, "generator.load"))
    try loadParameters(of: checkpoint)
  }

  /// Their pointwise terms are what it starts from.
  package var needsEvaluators: Bool { reference != nil }

  package func prepare(_ weights: [Float]) -> PreparedWeights {
    PreparedWeights(weights, generated: finalLayers(weights))
  }

  package func lists(
    _ batch: RequestBatch, weights: [PreparedWeights], lengths: [Int],
    constraints: [DecodingConstraints]?, isOver: () -> Bool
  ) -> [DecodedList] {
    lists(
      batch, theta: weights.map(\.generated), lengths: lengths, constraints: constraints,
      isOver: isOver)
  }

  package func draws(
    _ batch: RequestBatch, weights: PreparedWeights, length: Int, lists: Int,
    constraints: DecodingConstraints, seed: UInt64, isOver: () -> Bool
  ) -> [DecodedList] {
    draws(
      batch, theta: weights.generated, length: length, lists: lists, constraints: constraints,
      seed: seed, isOver: isOver)
  }

  package func beam(
    _ batch: RequestBatch, weights: PreparedWeights, length: Int, width: Int,
    constraints: DecodingConstraints, isOver: () -> Bool
  ) -> [DecodedList] {
    beam(
      batch, theta: weights.generated, length: length, width: width, constraints: constraints,
      isOver: isOver)
  }

  package func logProbabilities(
    of lists: [[Int]], _ batch: RequestBatch, weights: PreparedWeights,
    constraints: DecodingConstraints
  ) -> [[Float]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let steps = decode(
      batch, theta: tape.constant(weights.generated), lengths: [lists.first?.count ?? 0],
      lists: lists.count, constraints: [constraints], policy: .given(lists), on: tape
    ).steps
    return lists.indices.map { k in
      lists[k].indices.map { tape.value(steps[$0])[k, 0] }
    }
  }

  package func chances(
    along list: [Int], _ batch: RequestBatch, weights: PreparedWeights,
    constraints: DecodingConstraints
  ) -> [[Float]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    var chances: [[Float]] = []
    _ = write(
      batch, theta: tape.constant(weights.generated), lengths: [list.count], lists: 1,
      constraints: [constraints], on: tape
    ) { step, _ in
      chances.append(step.probabilities)
      return DecodingChoice(picks: [Int32(list[step.slot])])
    }
    return chances
  }
}
