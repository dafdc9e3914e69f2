package import Checkpoints
import EvaluatorModel
import Families
import Features
import JSON
import ListPolicy
import Objectives

/// The smallest form of a checkpoint that still writes lists: no optimiser, no judge, no state of training,
/// no evaluators where the policy does not need them, and less exact numbers.
///
/// It is a checkpoint itself, so whatever reads checkpoints reads it: `FaderRanking` on a phone, `fader
/// rank` where the evaluators are in it.
package struct DeviceExport: Sendable {
  /// What a device checkpoint says of itself; section `device`.
  package struct Record: Codable, Sendable, Equatable {
    /// SHA-256 of the model that it was made from.
    package var model: String
    package var precision: String
    /// Whether rows of the items' tables are kept elsewhere and travel with the candidates.
    package var embeddingsTravel: Bool

    package static let section = "device"

    enum CodingKeys: String, CodingKey {
      case model, precision
      case embeddingsTravel = "embeddings_travel"
    }
  }

  private let checkpoint: CheckpointReader
  private let precision: StoredPrecision

  package init(_ checkpoint: CheckpointReader, precision: StoredPrecision) {
    self.checkpoint = checkpoint
    self.precision = precision
  }

  /// The checkpoint for the device, and with `embeddingsTravel` the one for the server, which holds the rows
  /// of the items' tables and nothing else.
  ///
  /// - Throws: what is wrong with the checkpoint; `ExportError` for one without a policy.
  package func writers(
    embeddingsTravel: Bool = false
  ) throws -> (device: CheckpointWriter, server: CheckpointWriter?) {
    let schema = try checkpoint.section("schema", as: FittedSchema.self)
    let policy = try Families.policy(
      of: checkpoint, layout: schema.layout,
      objectives: try checkpoint.section("objectives", as: ObjectiveSet.self))
    if embeddingsTravel, policy.needsEvaluators {
      throw ExportError.travels(family: type(of: policy).family)
    }
    var device = CheckpointWriter()
    var tensors = policy.stored.map { precision.rounded($0) }
    var server: CheckpointWriter?
    if embeddingsTravel {
      let tables = ItemTables(schema, tensorPrefix: type(of: policy).tensorPrefix)
      let taken = tensors.filter { tables.names.contains($0.name) }
      tensors = tensors.map { tables.names.contains($0.name) ? tables.kept($0) : $0 }
      var writer = CheckpointWriter()
      try writer.setSection("schema", schema)
      try writer.setSection(ItemTables.section, type(of: policy).tensorPrefix)
      try writer.setSection(Record.section, record(travels: true))
      writer.add(tensors: taken)
      server = writer
    }
    var record = try checkpoint.section(
      EvaluatorRole.training.section, as: EvaluatorRecord.self)
    if policy.needsEvaluators {
      let evaluators = try evaluatorTensors(record)
      record.hash = sha256(of: Safetensors.encode(evaluators))
      tensors += evaluators
    }
    try device.setSection(
      "schema", embeddingsTravel ? ItemTables.emptied(schema) : schema)
    try device.setSection(
      "objectives", try checkpoint.section("objectives", as: ObjectiveSet.self))
    try device.setSection(EvaluatorRole.training.section, record)
    try policy.addSections(to: &device)
    try device.setSection(Record.section, self.record(travels: embeddingsTravel))
    device.add(
      file: CheckpointFolder.modelFile,
      bytes: Safetensors.encode(tensors, precision: precision))
    return (device, server)
  }

  private func record(travels: Bool) -> Record {
    Record(
      model: checkpoint.modelHash, precision: precision.rawValue, embeddingsTravel: travels)
  }

  /// In the order in which their hash takes them, rounded.
  private func evaluatorTensors(_ record: EvaluatorRecord) throws -> [StoredTensor] {
    try checkpoint.tensors(EvaluatorRole.training.file).values
      .filter { $0.name.hasPrefix("evaluator.") }.sorted { $0.name < $1.name }
      .map { precision.rounded($0) }
  }
}

/// A checkpoint that cannot be exported as asked.
package enum ExportError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A family whose tables are also its evaluators'.
  case travels(family: String)
  /// What a graph cannot express.
  case graph(family: String, what: String, remedy: String)

  package var description: String {
    switch self {
    case .travels(let family):
      "--embeddings: expected a policy that needs no evaluators, such as one of the family screen, got "
        + "\(family); export it whole"
    case .graph(let family, let what, let remedy):
      "--onnx: \(what) cannot be written as a graph for the family \(family); \(remedy)"
    }
  }
}
