import Checkpoints
import EvaluatorModel
import Families
import Features
import Foundation
import JSON
import ListPolicy
import Networks
import Objectives
import Sessions
import Training

extension Inspection {
  /// A checkpoint: what it was trained for, what it reads, how large and how good it is.
  ///
  /// Opening it verifies every file.
  static func checkpoint(_ path: String) throws -> JSONValue {
    let checkpoint = try CheckpointReader(path: path)
    let tensors = try checkpoint.tensors()
    func scalars(_ prefix: String) -> JSONValue {
      let own = tensors.filter { $0.key.hasPrefix(prefix) }
      return .number(Double(own.reduce(0) { $0 + $1.value.scalars.count }))
    }
    var members: [(key: String, value: JSONValue)] = [
      ("checkpoint", .string(path)), ("model_hash", .string(checkpoint.modelHash)),
      ("files", .array(checkpoint.fileNames.map { .string($0) })),
    ]
    if checkpoint.hasSection("objectives") {
      let set = try checkpoint.section("objectives", as: ObjectiveSet.self)
      members.append(("objectives", .array(set.objectives.map(\.inspection))))
    }
    if checkpoint.hasSection("schema") {
      let schema = try checkpoint.section("schema", as: FittedSchema.self)
      members.append(("schema", schema.layout.inspection))
    }
    if let family = try Families.family(of: checkpoint) {
      members.append(("family", .string(family.family)))
      members.append(
        (
          family.family,
          [
            "parameters": scalars(family.tensorPrefix),
            "sizes": try family.sizes(in: checkpoint),
          ]
        ))
    }
    if checkpoint.hasSection(EvaluatorRole.training.section) {
      let record = try checkpoint.section(EvaluatorRole.training.section, as: EvaluatorRecord.self)
      let about = try JSONValue(encoding: record).members ?? []
      members.append(("evaluators", .object([("parameters", scalars("evaluator."))] + about)))
    }
    if checkpoint.hasSection("quality") {
      var quality = try checkpoint.section("quality", as: EvaluatorQuality.self)
      // Curves are for the report's picture.
      for place in quality.heads.indices { quality.heads[place].reliability = [] }
      members.append(("quality", try .init(encoding: quality)))
    }
    return .object(members)
  }

  /// A run directory: its checkpoints, its last step, and its newest checkpoint.
  static func run(_ path: String) throws -> JSONValue {
    let checkpoints = CheckpointFolder.list(in: "\(path)/checkpoints")
    let newest = CheckpointFolder.latest(in: "\(path)/checkpoints") ?? checkpoints.last
    return .object([
      ("run", .string(path)),
      ("environment", try document("\(path)/environment.json")),
      ("last_step", try lastLine("\(path)/metrics.jsonl")),
      ("checkpoints", .array(checkpoints.map { .string($0) })),
      ("newest", try newest.map(checkpoint) ?? .null),
    ])
  }

  private static func document(_ path: String) throws -> JSONValue {
    guard let data = FileManager.default.contents(atPath: path) else { return .null }
    return try JSONScanner.parse(Array(data)[...])
  }

  private static func lastLine(_ path: String) throws -> JSONValue {
    guard FileManager.default.fileExists(atPath: path) else { return .null }
    var reader = try LineReader(path: path)
    var last: [UInt8]?
    while let line = try reader.next() { last = Array(line) }
    return try last.map { try JSONScanner.parse($0[...]) } ?? .null
  }
}

extension ListPolicy {
  fileprivate static func sizes(in checkpoint: CheckpointReader) throws -> JSONValue {
    try JSONValue(encoding: checkpoint.section(family, as: Configuration.self))
  }
}

extension Objective {
  fileprivate var inspection: JSONValue {
    [
      "name": .string(name), "definition": .string(definition.summary),
      "scale": .number(Double(scale)),
    ]
  }
}

extension FeatureLayout {
  fileprivate var inspection: JSONValue {
    [
      "item": item.inspection, "user": user.inspection, "context": context.inspection,
      "feedback": .array(feedback.map { .string($0) }),
    ]
  }
}

extension SideLayout {
  fileprivate var inspection: JSONValue {
    [
      "width": .number(Double(width)), "numbers": .array(numbers.map { .string($0) }),
      "categoricals": .array(categoricals.map(\.inspection)),
      "bags": .array(bags.map(\.inspection)),
    ]
  }
}

extension CategoricalField {
  fileprivate var inspection: JSONValue {
    [
      "name": .string(name), "rows": .number(Double(rows)),
      "dimension": .number(Double(dimension)),
    ]
  }
}
