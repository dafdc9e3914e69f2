import Foundation
import StrictYAML
import Synchronization
import Tensors
import Training

/// Whole runs on a small world, a fraction of a second each.
enum TinyRun {
  static let text = """
    version: 1
    data:
      feed:
        {seed: 3, users: 60, items: 120, shops: 10, categories: 4, candidates: 12, list_length: 4}
      simulate: 300
    schema:
      item: {exclude: [priority]}
      augment: {rank: [score], share: [shop]}
    objectives:
      - {name: click, predicted: click}
      - {name: cold_start, share: is_cold}
      - {name: shops, distinct: shop}
    evaluator:
      pointwise: false
      item_hidden: 8
      item_width: 6
      fit_width: 2
      slot_width: 2
      attention_width: 4
      heads: 2
      recurrent_width: 4
      pairwise_width: 2
      trunk: [8]
      head_hidden: 8
      ensemble: 2
    generator:
      {item_hidden: 8, item_width: 6, fit_width: 2, state: 4, attention: 16, hyper_hidden: 4}
    training:
      seed: 5
      evaluator: {batch: 32, epochs: 2, patience: 2, warmup: 4}
      judge: {share: 0}
      generator: {batch: 8, lists: 4, steps: 12, warmup: 3, imitation_steps: 3, checkpoint_every: 5}
    """

  static func configuration(_ overrides: [String] = []) throws -> RunConfiguration {
    try RunConfiguration(YAMLDocument(text: text, file: "tiny.yaml"), overrides: overrides)
  }

  /// Runs, or goes on, in the folder `path`; returns the last checkpoint's path.
  ///
  /// Forced by default: evaluators this small need not pass the gate.
  @discardableResult
  static func run(
    _ path: String, _ overrides: [String] = [], workers: Int = 1, force: Bool = true,
    notes: Notes = Notes(), interrupted: @escaping @Sendable () -> Int32? = { nil }
  ) throws -> String {
    let context = RunContext(
      configuration: try configuration(overrides), directory: try RunDirectory(path: path),
      workers: Workers(workers), interrupted: interrupted, note: { notes.add($0) })
    return try TrainingRun(context, force: force).run()
  }

  /// Evaluator steps of a run: two members, each on half of the sessions, for two epochs.
  static func evaluatorSteps(_ metrics: String) -> Int {
    metrics.split(separator: "\n").count { $0.contains("\"evaluator.") }
  }
}

/// What a run left behind that must not depend on anything but its configuration.
struct RunResult: Equatable {
  /// Files of the last checkpoint by name.
  let checkpoint: [String: Data]
  let metrics: String

  /// - Parameter last: path of the last checkpoint.
  init(_ path: String, last: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: last)
    checkpoint = try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: "\(last)/\($0)")))
      })
    metrics = content("\(path)/metrics.jsonl")
  }

  /// Names of the files that differ, `metrics.jsonl` among them.
  func differences(from other: RunResult) -> [String] {
    let names = Set(checkpoint.keys).union(other.checkpoint.keys).sorted()
    return names.filter { checkpoint[$0] != other.checkpoint[$0] }
      + (metrics == other.metrics ? [] : ["metrics.jsonl"])
  }

  /// The run without any interruption, made once.
  static let uninterrupted = Result { () throws -> RunResult in
    var result: RunResult?
    try withTemporaryRun("uninterrupted") { path in
      result = try RunResult(path, last: try TinyRun.run(path))
    }
    guard let result else { throw CocoaError(.fileNoSuchFile) }
    return result
  }
}

/// Collects what a run says.
final class Notes: Sendable {
  private let lines = Mutex<[String]>([])

  func add(_ line: String) { lines.withLock { $0.append(line) } }

  var all: [String] { lines.withLock { $0 } }
}

/// Counts how often a run asked whether to stop.
final class Polls: Sendable {
  private let count = Atomic<Int>(0)

  /// The number of this call, from 1.
  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
