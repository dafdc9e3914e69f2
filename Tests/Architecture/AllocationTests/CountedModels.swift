import EvaluatorModel
import Features
import GeneratorModel
import Objectives
import RandomStreams
import TinyModels

/// Fresh models of the default sizes and drawn sessions: M 50, N 10, B 16, W 4.
struct CountedModels {
  static let candidates = 50
  static let length = 10

  var generator: Generator
  var evaluator: Evaluator
  let sessions: [EncodedSession]

  static let objectives = ObjectiveSet(objectives: [
    Objective(name: "click", definition: .predicted(feedback: "click", .sum)),
    Objective(name: "cold", definition: .rule(.quota(flag: "cold", target: 0.3))),
    Objective(name: "shops", definition: .rule(.distinct(group: "shop", window: nil))),
    Objective(name: "order", definition: .rule(.order(priority: "priority"))),
  ])

  static let weights: [Float] = [0.4, 0.3, 0.2, 0.1]

  private static let layout = FeatureLayout(
    item: SideLayout(
      numbers: (0..<12).map { "i\($0)" },
      categoricals: [
        CategoricalField(name: "shop", rows: 20, dimension: 6),
        CategoricalField(name: "kind", rows: 8, dimension: 4),
      ],
      bags: [CategoricalField(name: "tags", rows: 30, dimension: 4)]),
    user: SideLayout(
      numbers: (0..<8).map { "u\($0)" },
      categoricals: [CategoricalField(name: "group", rows: 10, dimension: 4)]),
    context: SideLayout(numbers: ["hour"]), columns: objectives.columns, feedback: ["click"])

  init() {
    generator = Generator(
      GeneratorConfiguration(), layout: Self.layout, objectives: Self.objectives,
      stream: RandomStream(seed: 1, "counted generator"))
    var evaluators = EvaluatorConfiguration()
    // The largest part of an evaluator, its list channels, by themselves.
    evaluators.pointwise = false
    evaluator = Evaluator(
      evaluators, layout: Self.layout,
      heads: [EvaluatorHead(feedback: "click", kind: .binary)], slots: Self.length,
      stream: RandomStream(seed: 1, "counted evaluator"))
    var stream = RandomStream(seed: 1, "counted sessions")
    sessions = (0..<16).map { index in
      EncodedSession(
        request: stream.request(Self.layout, candidates: Self.candidates),
        shown: (0..<Int32(Self.length)).map { $0 },
        feedback: [(0..<Self.length).map { _ in Float(stream.below(2)) }],
        userKey: UInt64(index), time: 0)
    }
  }
}
