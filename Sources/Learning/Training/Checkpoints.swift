import Checkpoints
import EvaluatorModel
import Features
import ListPolicy
import Networks
import Objectives

/// What a checkpoint holds beside the policy's state: all that is fixed once the evaluators are
/// frozen.
struct FrozenPart: Sendable {
  var schema: FittedSchema
  var objectives: ObjectiveSet
  var evaluators: EvaluatorEnsemble
  var quality: EvaluatorQuality
  /// Steps that the evaluators took.
  var loggedSteps: Int
  /// What the run went on from; nil when it started anew.
  var parent: ParentRecord?

  /// Name of the checkpoint with the frozen evaluators and no policy.
  static let name = "evaluators"

  private struct Counts: Codable {
    var loggedSteps: Int

    enum CodingKeys: String, CodingKey {
      case loggedSteps = "ticks"
    }
  }

  init(
    schema: FittedSchema, objectives: ObjectiveSet, evaluators: EvaluatorEnsemble,
    quality: EvaluatorQuality, loggedSteps: Int, parent: ParentRecord? = nil
  ) {
    self.schema = schema
    self.objectives = objectives
    self.evaluators = evaluators
    self.quality = quality
    self.loggedSteps = loggedSteps
    self.parent = parent
  }

  /// Reads the part from any checkpoint; the evaluators' hash is checked.
  init(_ checkpoint: CheckpointReader) throws {
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    objectives = try checkpoint.section("objectives", as: ObjectiveSet.self)
    evaluators = try EvaluatorEnsemble(checkpoint, layout: schema.layout)
    quality = try checkpoint.section("quality", as: EvaluatorQuality.self)
    loggedSteps = try checkpoint.section("evaluator_stage", as: Counts.self).loggedSteps
    parent =
      checkpoint.sectionNames.contains(ParentRecord.section)
      ? try checkpoint.section(ParentRecord.section, as: ParentRecord.self) : nil
  }

  /// A writer with this part in it, but for the tensors, which go into one file with others.
  func writer(_ configuration: RunConfiguration) throws -> CheckpointWriter {
    var writer = CheckpointWriter()
    try writer.setSection("schema", schema)
    try writer.setSection("objectives", objectives)
    try writer.setSection(EvaluatorRole.training.section, evaluators.record)
    try writer.setSection("quality", quality)
    try writer.setSection("evaluator_stage", Counts(loggedSteps: loggedSteps))
    try writer.setSection("data", configuration.data)
    try writer.setSection("training", configuration.training)
    if let parent { try writer.setSection(ParentRecord.section, parent) }
    writer.add(file: "config.yaml", bytes: Array(try configuration.resolved().utf8))
    return writer
  }

  func write(_ configuration: RunConfiguration, to path: String) throws {
    var writer = try writer(configuration)
    writer.add(tensors: evaluators.stored)
    try writer.write(to: path)
  }
}

extension PolicyStage {
  /// Writes everything that ranks and everything that the next step depends on.
  func write(_ frozen: FrozenPart, judge: JudgePart?, to path: String) throws {
    var writer = try frozen.writer(context.configuration)
    try judge?.add(to: &writer)
    try policy.addSections(to: &writer)
    try writer.setState(state)
    writer.add(tensors: frozen.evaluators.stored + policy.stored)
    writer.add(
      file: CheckpointFolder.optimizerFile,
      tensors: trainer.adam.stored(trainer.parameters, prefix: tensorPrefix))
    let card = ModelCard(frozen: frozen, stage: self)
    writer.add(file: CheckpointFolder.cardFile, bytes: Array(card.text.utf8))
    try writer.write(to: path)
  }

  /// Where the stage stood when a checkpoint was written.
  static func state(of checkpoint: CheckpointReader) throws -> State {
    try checkpoint.state(as: State.self)
  }

  /// Goes back to where the stage stood.
  mutating func restore(_ checkpoint: CheckpointReader) throws {
    try trainer.parameters.load(try checkpoint.tensors(), prefix: tensorPrefix)
    try trainer.adam.load(
      try checkpoint.tensors(CheckpointFolder.optimizerFile), trainer.parameters,
      prefix: tensorPrefix, step: state.optimiserStep)
    trainer.memory = state.memory
  }

  private var tensorPrefix: String { type(of: policy).tensorPrefix }
}
