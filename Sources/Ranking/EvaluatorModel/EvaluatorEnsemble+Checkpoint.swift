package import Checkpoints
package import Features
import Networks
import RandomStreams

/// What a checkpoint says of its evaluators beside their parameters.
package struct EvaluatorRecord: Codable, Sendable, Equatable {
  package var configuration: EvaluatorConfiguration
  package var heads: [EvaluatorHead]
  package var slots: Int
  package var members: Int
  /// SHA-256 of the members' parameters; the evaluator is frozen, so it never changes again.
  package var hash: String
}

/// Frozen evaluators that are not the ones they were.
package struct EvaluatorHashError: Error, Sendable, Equatable, CustomStringConvertible {
  package let path: String
  package let expected: String
  package let got: String

  package var description: String {
    "\(path): the frozen evaluator's hash is recorded as \(expected), its parameters give \(got); "
      + "what the generator was trained against is not what is here: use an intact checkpoint"
  }
}

extension EvaluatorEnsemble {
  /// The members' parameters as tensors of a file.
  package var stored: [StoredTensor] {
    members.enumerated().flatMap { $1.parameters.stored(prefix: "evaluator.\($0).") }
  }

  /// SHA-256 of all members' parameters.
  package var hash: String { sha256(of: Safetensors.encode(stored, metadata: [:])) }

  package var record: EvaluatorRecord {
    EvaluatorRecord(
      configuration: members[0].configuration, heads: heads, slots: members[0].slots,
      members: members.count, hash: hash)
  }

  /// Reads the frozen evaluators of a checkpoint and checks their hash.
  package init(
    _ checkpoint: CheckpointReader, layout: FeatureLayout, role: EvaluatorRole = .training
  ) throws {
    let record = try checkpoint.section(role.section, as: EvaluatorRecord.self)
    let tensors = try checkpoint.tensors(role.file)
    // Checkpoints from before there were pointwise terms do not say that they have none.
    var configuration = record.configuration
    if tensors["evaluator.0.pointwise.slots"] == nil { configuration.pointwise = false }
    let members = try (0..<record.members).map { k in
      var member = Evaluator(
        configuration, layout: layout, heads: record.heads, slots: record.slots,
        stream: RandomStream(seed: 0, "evaluator.load"))
      try member.parameters.load(tensors, prefix: "evaluator.\(k).")
      return member
    }
    self.init(members: members, pessimism: record.configuration.pessimism)
    guard hash == record.hash else {
      throw EvaluatorHashError(path: checkpoint.path, expected: record.hash, got: hash)
    }
  }
}
