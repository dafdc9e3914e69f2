import Checkpoints
import EvaluatorModel
import Features
import Networks

/// The fitted judge as checkpoints hold it.
struct JudgePart: Sendable {
  var schema: FittedSchema
  var evaluators: EvaluatorEnsemble
  var quality: EvaluatorQuality
  /// Steps that its members took.
  var loggedSteps: Int

  /// Name of the checkpoint with nothing but the judge.
  static let name = "judge"
  static let qualitySection = "judge_quality"

  private struct Counts: Codable {
    var loggedSteps: Int

    enum CodingKeys: String, CodingKey {
      case loggedSteps = "ticks"
    }
  }

  init(
    schema: FittedSchema, evaluators: EvaluatorEnsemble, quality: EvaluatorQuality, loggedSteps: Int
  ) {
    self.schema = schema
    self.evaluators = evaluators
    self.quality = quality
    self.loggedSteps = loggedSteps
  }

  /// Reads the judge of a checkpoint; its hash is checked.
  init(_ checkpoint: CheckpointReader) throws {
    schema = try checkpoint.section("schema", as: FittedSchema.self)
    evaluators = try EvaluatorEnsemble(checkpoint, layout: schema.layout, role: .judge)
    quality = try checkpoint.section(Self.qualitySection, as: EvaluatorQuality.self)
    loggedSteps = try checkpoint.section("judge_stage", as: Counts.self).loggedSteps
  }

  /// Adds the judge to a checkpoint: a file of its own and two sections.
  func add(to writer: inout CheckpointWriter) throws {
    try writer.setSection(EvaluatorRole.judge.section, evaluators.record)
    try writer.setSection(Self.qualitySection, quality)
    writer.add(file: EvaluatorRole.judge.file, tensors: evaluators.stored)
  }

  func write(_ configuration: RunConfiguration, to path: String) throws {
    var writer = CheckpointWriter()
    try add(to: &writer)
    try writer.setSection("schema", schema)
    try writer.setSection("judge_stage", Counts(loggedSteps: loggedSteps))
    try writer.setSection("training", configuration.training)
    try writer.write(to: path)
  }
}
