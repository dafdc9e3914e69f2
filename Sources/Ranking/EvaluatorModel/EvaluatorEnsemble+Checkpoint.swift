import Checkpoints
import Features
import Networks
import RandomStreams

/// What a checkpoint says of its evaluators beside their parameters.
public struct EvaluatorRecord: Codable, Sendable, Equatable {
  public var configuration: EvaluatorConfiguration
  public var heads: [EvaluatorHead]
  public var slots: Int
  public var members: Int
  /// SHA-256 of the members' parameters; the evaluator is frozen, so it never changes again.
  public var hash: String
}

/// Frozen evaluators that are not the ones they were.
public struct EvaluatorHashError: Error, Sendable, Equatable, CustomStringConvertible {
  public let path: String
  public let expected: String
  public let got: String

  public var description: String {
    "\(path): the frozen evaluator's hash is recorded as \(expected), its parameters give \(got); "
      + "what the generator was trained against is not what is here: use an intact checkpoint"
  }
}

extension EvaluatorEnsemble {
  /// The members' parameters as tensors of a file.
  public var stored: [StoredTensor] {
    members.enumerated().flatMap { $1.parameters.stored(prefix: "evaluator.\($0).") }
  }

  /// SHA-256 of all members' parameters.
  public var hash: String { sha256(of: Safetensors.encode(stored, metadata: [:])) }

  public var record: EvaluatorRecord {
    EvaluatorRecord(
      configuration: members[0].configuration, heads: heads, slots: members[0].slots,
      members: members.count, hash: hash)
  }

  /// Reads the frozen evaluators of a checkpoint and checks their hash.
  public init(
    _ checkpoint: CheckpointReader, layout: FeatureLayout, role: EvaluatorRole = .training
  ) throws {
    let record = try checkpoint.section(role.section, as: EvaluatorRecord.self)
    let tensors = try checkpoint.tensors(role.file)
    let members = try (0..<record.members).map { k in
      var member = Evaluator(
        record.configuration, layout: layout, heads: record.heads, slots: record.slots,
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
