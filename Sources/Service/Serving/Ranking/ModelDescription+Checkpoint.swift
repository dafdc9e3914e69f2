import Checkpoints
import Objectives

extension ModelDescription {
  /// What of a checkpoint's section `training` says which weights were drawn; absent for families that
  /// draw none.
  private struct Training: Decodable {
    struct Drawing: Decodable {
      var weights: WeightSampling?
    }

    var generator: Drawing?
  }

  /// The objectives, each with the weights that training drew for it.
  static func objectives(
    _ set: ObjectiveSet, trainedIn checkpoint: CheckpointReader
  ) -> [Objective] {
    let training = try? checkpoint.section("training", as: Training.self)
    let sampling = training?.generator?.weights
    return set.objectives.enumerated().map { index, objective in
      Objective(
        name: objective.name, definition: objective.definition.summary,
        scale: Double(objective.scale),
        trainedWeights: sampling?.range(of: index, among: set.objectives.count) ?? 0...1)
    }
  }
}
