import Checkpoints
import Families
import Features
import ListPolicy
import Objectives
import Testing
import Training

/// What holds for every row of the table of families, through whole runs.
@Suite struct EveryFamilyTests {
  /// What makes a family's run as short as the others'.
  private static let short = [
    "pointwise": [
      "pointwise.fitting={steps: 12, batch: 8, shards: 2}",
      "pointwise.encoder={hidden: 8, width: 6, fit: 2}", "pointwise.head_hidden=4",
    ],
    "mixed": [
      "mixed.channels=[{name: cold, flag: is_cold, gap: 2}]",
      "mixed.fitting={steps: 12, batch: 8, shards: 2}",
    ],
  ]

  private static func overrides(_ family: String) -> [String] {
    ["family=\(family)"] + (short[family] ?? [])
  }

  @Test(arguments: Families.names)
  func aFamilyCanBeTrained(name: String) throws {
    #expect(try Families.named(name) is any TrainablePolicy.Type)
  }

  @Test(arguments: Families.names)
  func aCheckpointGivesThePolicyBackAndItKeepsConstraints(name: String) throws {
    try withTemporaryRun("family-\(name)") { path in
      let reader = try CheckpointReader(path: try TinyRun.run(path, Self.overrides(name)))
      #expect(try Families.family(of: reader)?.family == name)
      let schema = try reader.section("schema", as: FittedSchema.self)
      let objectives = try reader.section("objectives", as: ObjectiveSet.self)
      let policy = try Families.policy(of: reader, layout: schema.layout, objectives: objectives)
      let cache = try SessionCache(
        path: "\(path)/cache/train.cache", fingerprint: schema.fingerprint)
      let requests = try cache.sessions(at: [0, 1, 2]).map(\.request)
      let constraint = DecodingConstraints(pins: [1: 7], bans: [0, 3])
      let lists = policy.lists(
        RequestBatch(requests), weights: requests.map { _ in policy.prepare([0.2, 0.5, 0.3]) },
        lengths: [4, 4, 4], constraints: requests.map { _ in constraint })
      for list in lists.map(\.items) {
        #expect(list.count == 4 && Set(list).count == 4 && list[1] == 7)
        #expect(!list.contains(0) && !list.contains(3))
      }
    }
  }

  @Test(arguments: Families.names)
  func aStoppedRunEndsLikeOneThatWasNot(name: String) throws {
    let whole = try run("whole-\(name)", name, stoppingAt: nil)
    let stopped = try run("stopped-\(name)", name, stoppingAt: 20)
    #expect(whole.differences(from: stopped) == [])
    let other = try run("other-\(name)", name, stoppingAt: nil, seed: 6)
    #expect(whole.differences(from: other).contains("model.safetensors"))
  }

  /// - Parameter poll: the question whether to stop that is answered with yes.
  private func run(
    _ folder: String, _ name: String, stoppingAt poll: Int?, seed: Int = 5
  ) throws -> RunResult {
    var result: RunResult?
    let overrides = Self.overrides(name) + ["training.seed=\(seed)"]
    try withTemporaryRun(folder) { path in
      if let poll {
        let polls = Polls()
        #expect(throws: RunInterrupted.self) {
          try TinyRun.run(path, overrides, interrupted: { polls.next() == poll ? 15 : nil })
        }
      }
      result = try RunResult(path, last: try TinyRun.run(path, overrides))
    }
    return try #require(result)
  }
}
