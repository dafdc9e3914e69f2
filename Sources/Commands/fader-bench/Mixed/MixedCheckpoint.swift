import Checkpoints
import DataSources
import EvaluatorModel
import Families
import Features
import GeneratorModel
import ListPolicy
import ListRules
import MixedFeed
import Networks
import Objectives

/// A checkpoint whose lists are planned, or written by any other policy, with all that its lists are judged by.
struct MixedCheckpoint: Sendable {
  let path: String
  let schema: FittedSchema
  let objectives: ObjectiveSet
  let policy: any ListPolicy
  let evaluators: EvaluatorEnsemble
  let data: DataConfiguration

  init(_ path: String) throws {
    self.path = path
    let reader = try CheckpointReader(path: path)
    schema = try reader.section("schema", as: FittedSchema.self)
    objectives = try reader.section("objectives", as: ObjectiveSet.self)
    policy = try Families.policy(of: reader, layout: schema.layout, objectives: objectives)
    evaluators = try EvaluatorEnsemble(reader, layout: schema.layout)
    data = try reader.section("data", as: DataConfiguration.self)
  }

  /// The policy as a planner that can ask the evaluators, whatever it is configured for.
  func planner() throws -> MixedPolicy {
    guard var mixed = policy as? MixedPolicy else {
      throw MixedBenchError(
        description: "\(path): expected a checkpoint of the family mixed, got "
          + "\(type(of: policy).family); train one with configs/mixed.yaml")
    }
    mixed.evaluators = evaluators
    return mixed
  }
}

/// Checkpoints that this bench cannot work with.
struct MixedBenchError: Error, CustomStringConvertible {
  let description: String
}

extension FeedChannelDescription {
  /// The channel's limits as rules of whole lists, which any policy can keep; the first place is none.
  var rules: [ListRule] {
    var rules: [ListRule] = []
    if let gap = bounds.gap, gap > 1 { rules.append(ListRule(flag: flag, atMost: 1, window: gap)) }
    if let maximum = bounds.maximum { rules.append(ListRule(flag: flag, atMost: maximum)) }
    if let minimum = bounds.minimum, minimum > 0 {
      rules.append(ListRule(flag: flag, atLeast: minimum))
    }
    return rules
  }

  /// How many limits a list breaks; as few inserts as there are break no minimum.
  ///
  /// - Parameters:
  ///   - flags: of the list's items, from the top down.
  ///   - supply: candidates of the channel.
  func violations(_ flags: [Bool], supply: Int) -> Int {
    let places = flags.indices.filter { flags[$0] }
    var count = 0
    for (above, below) in zip(places, places.dropFirst()) where below - above < bounds.gap ?? 1 {
      count += 1
    }
    if let first = places.first, first < (bounds.first ?? 1) - 1 { count += 1 }
    if places.count > bounds.maximum ?? .max { count += 1 }
    if places.count < min(bounds.minimum ?? 0, supply) { count += 1 }
    return count
  }
}
