import Checkpoints
import EvaluatorModel
import Families
import Features
import ListPolicy
import Networks
import Objectives
import StrictYAML

/// What a checkpoint says of the one that its run went on from; the bundle's section `parent`.
package struct ParentRecord: Codable, Sendable, Equatable {
  package static let section = "parent"

  /// Name of the checkpoint's folder.
  package var checkpoint: String
  /// SHA-256 of its `bundle.json`, which holds the hashes of all its other files.
  package var sha256: String
  /// Runs since the one that started anew, this one counted: 1 for its first successor.
  package var generation: Int
}

/// The checkpoint that a run goes on from.
///
/// Its schema, objectives, scales and architecture stay as they are: the first two give the inputs
/// their meaning and w its own, and parameters fit no other shape.
struct ParentCheckpoint: Sendable {
  let path: String
  let record: ParentRecord
  let schema: FittedSchema
  let objectives: ObjectiveSet
  let evaluators: EvaluatorEnsemble
  /// Nil when the checkpoint was trained without one.
  let judge: EvaluatorEnsemble?
  let policy: any ListPolicy
  /// The configuration of the run that made it.
  let configuration: RunConfiguration

  /// Reads the checkpoint, which verifies every file of it and the frozen evaluators' hash.
  init(path: String) throws {
    let reader = try CheckpointReader(path: path)
    let before =
      reader.sectionNames.contains(ParentRecord.section)
      ? try reader.section(ParentRecord.section, as: ParentRecord.self).generation : 0
    self.path = path
    record = ParentRecord(
      checkpoint: CheckpointFolder.baseName(path), sha256: reader.bundleHash,
      generation: before + 1)
    let frozen = try FrozenPart(reader)
    (schema, objectives, evaluators) = (frozen.schema, frozen.objectives, frozen.evaluators)
    judge =
      reader.sectionNames.contains(EvaluatorRole.judge.section)
      ? try EvaluatorEnsemble(reader, layout: schema.layout, role: .judge) : nil
    policy = try Families.policy(of: reader, layout: schema.layout, objectives: objectives)
    let text = String(decoding: try reader.bytes("config.yaml"), as: UTF8.self)
    configuration = try RunConfiguration(
      YAMLDocument(text: text, file: "\(path)/config.yaml"))
  }

  func ensemble(_ role: EvaluatorRole) -> EvaluatorEnsemble? {
    switch role {
    case .training: evaluators
    case .judge: judge
    }
  }

  /// Longest list that the evaluators look at.
  var slots: Int { evaluators.members[0].slots }
}

extension FrozenPart {
  /// Why a run cannot go on from another checkpoint than it started from; nil when it is the same.
  func otherParent(_ own: ParentRecord?, path: String) -> DataError? {
    guard parent != own else { return nil }
    func name(_ record: ParentRecord?) -> String {
      record.map { "the checkpoint \($0.checkpoint) with SHA-256 \($0.sha256)" } ?? "none"
    }
    return DataError(
      message: "\(path): expected to go on from \(name(parent)), as this run began, got "
        + "\(name(own)); restore that checkpoint, or start a new run with another --out")
  }
}
