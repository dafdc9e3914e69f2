import Checkpoints
import Families
import Features
import ListPolicy
import Networks
import Objectives
import ScreenModel

/// A checkpoint whose lists are searched for by a screen model.
struct ScreenCheckpoint: Sendable {
  let path: String
  let reader: CheckpointReader
  let schema: FittedSchema
  let objectives: ObjectiveSet
  let policy: ScreenPolicy

  init(_ path: String) throws {
    self.path = path
    reader = try CheckpointReader(path: path)
    schema = try reader.section("schema", as: FittedSchema.self)
    objectives = try reader.section("objectives", as: ObjectiveSet.self)
    let policy = try Families.policy(of: reader, layout: schema.layout, objectives: objectives)
    guard let policy = policy as? ScreenPolicy else {
      throw ScreenCheckpointError(path: path, family: type(of: policy).family)
    }
    self.policy = policy
  }

  /// w by the names of the objectives, as in `view=1,like=1`; all alike without any.
  func weights(_ text: String?) throws -> PreparedWeights {
    guard let text else {
      return policy.prepare(
        [Float](repeating: 1 / Float(objectives.count), count: objectives.count))
    }
    var named: [String: Double] = [:]
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=")
      guard pair.count == 2, let value = Double(pair[1]) else {
        throw ScreenCheckpointError.weights(text)
      }
      named[String(pair[0])] = value
    }
    return policy.prepare(try Weights(named: named, objectives: objectives.names).values)
  }
}

/// A checkpoint or weights that these benches cannot work with.
struct ScreenCheckpointError: Error, CustomStringConvertible {
  let description: String

  private init(description: String) { self.description = description }

  init(path: String, family: String) {
    self.init(
      description:
        "\(path): expected a checkpoint of the family screen, got \(family); train one with "
        + "configs/screen.yaml")
  }

  static func weights(_ text: String) -> Self {
    Self(description: "--weights: expected names and numbers as in view=1,like=1, got \(text)")
  }
}
