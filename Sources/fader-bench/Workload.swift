import EvaluatorModel
import Features
import GeneratorModel
import Objectives
import RandomStreams
import Sessions

/// Made-up encoded sessions and fresh models: 96 numbers per item, 64 per user, four objectives.
struct Workload {
  let sessions: [EncodedSession]
  let generator: Generator
  let evaluator: Evaluator
  let objectives: ObjectiveSet

  init(_ options: BenchOptions) throws {
    objectives = try ObjectiveSet([
      ObjectiveConfiguration(name: "click", .predicted(feedback: "click", .sum)),
      ObjectiveConfiguration(name: "cold", .rule(.share(flag: "cold"))),
      ObjectiveConfiguration(name: "shops", .rule(.distinct(group: "shop", window: nil))),
      ObjectiveConfiguration(name: "order", .rule(.order(priority: "priority"))),
    ])
    let layout = FeatureLayout(
      item: SideLayout(numbers: (0..<96).map { "i\($0)" }),
      user: SideLayout(numbers: (0..<64).map { "u\($0)" }), context: SideLayout(),
      columns: objectives.columns, feedback: ["click"])
    var generatorSizes = GeneratorConfiguration()
    generatorSizes.itemHidden = 200
    generatorSizes.itemWidth = 128
    generatorSizes.state = 64
    generatorSizes.attention = 128
    generator = Generator(
      generatorSizes, layout: layout, objectives: objectives,
      stream: RandomStream(seed: 1, "bench.generator"))
    evaluator = Evaluator(
      EvaluatorConfiguration(), layout: layout,
      heads: [EvaluatorHead(feedback: "click", kind: .binary)], slots: options.length,
      stream: RandomStream(seed: 1, "bench.evaluator"))
    sessions = (0..<options.batch).map { Workload.session($0, options) }
  }

  private static func session(_ index: Int, _ options: BenchOptions) -> EncodedSession {
    var stream = RandomStream(seed: 1, "bench.session", request: UInt64(index))
    let m = options.candidates
    let numbers = { (count: Int, stream: inout RandomStream) in
      (0..<count).map { _ in Float(stream.normal()) }
    }
    let request = EncodedRequest(
      item: EncodedSide(rows: m, numbers: numbers(m * 96, &stream)),
      user: EncodedSide(rows: 1, numbers: numbers(64, &stream)),
      context: EncodedSide(rows: 1),
      columns: [
        (0..<m).map { _ in stream.uniform() < 0.2 ? 1 : 0 },
        (0..<m).map { _ in Float(stream.below(12)) },
        (0..<m).map { _ in Float(stream.below(5)) },
      ])
    return EncodedSession(
      request: request, shown: (0..<options.length).map { Int32($0) },
      feedback: [(0..<options.length).map { _ in stream.uniform() < 0.3 ? 1 : 0 }],
      userKey: UInt64(index), time: 0)
  }
}
