import Checkpoints
import Features
import Networks
import Objectives
import RandomStreams

extension Generator {
  public static let section = "generator"

  /// The parameters as tensors of a file.
  public var stored: [StoredTensor] { parameters.stored(prefix: "generator.") }

  /// Reads the generator of a checkpoint.
  public init(
    _ checkpoint: CheckpointReader, layout: FeatureLayout, objectives: ObjectiveSet
  ) throws {
    self.init(
      try checkpoint.section(Self.section, as: GeneratorConfiguration.self), layout: layout,
      objectives: objectives, stream: RandomStream(seed: 0, "generator.load"))
    try parameters.load(try checkpoint.tensors(), prefix: "generator.")
  }
}
