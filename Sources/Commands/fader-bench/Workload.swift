import Benchmarking
import EvaluatorModel
import Features
import GeneratorModel
import ListPolicy
import Objectives
import RandomStreams
import Sessions

/// What may vary between measurements, in the letters M, N, K, W and B.
struct WorkloadSizes {
  var candidates = 50
  var length = 10
  var lists = 8
  var weights = 4
  var batch = 64
  /// Behaviours of the two sequences of a user's history; no history where both are 0.
  var exposures = 0
  var clicks = 0

  var history: [HistoryLayout] {
    guard exposures + clicks > 0 else { return [] }
    return [("exposure", exposures), ("click", clicks)].map { name, length in
      HistoryLayout(
        name: name, types: [name], length: max(1, length),
        action: SideLayout(numbers: (0..<Self.actionNumbers).map { "a\($0)" }))
    }
  }
  static let actionNumbers = 4
}

/// Made-up encoded sessions and fresh models of the reference's shapes.
struct Workload {
  let shape: ReferenceShape
  let sessions: [EncodedSession]
  let generator: Generator
  let evaluator: Evaluator
  let objectives: ObjectiveSet

  /// The first W of them are used. The first four bring 0 + 3 + 3 + 2 local-context numbers, the
  /// reference's 8.
  static let objectives = [
    ObjectiveConfiguration(name: "click", .predicted(feedback: "click", .sum)),
    ObjectiveConfiguration(name: "cold", .rule(.quota(flag: "cold", target: 0.3))),
    ObjectiveConfiguration(name: "shops", .rule(.distinct(group: "shop", window: nil))),
    ObjectiveConfiguration(name: "order", .rule(.order(priority: "priority"))),
    ObjectiveConfiguration(name: "share", .rule(.share(flag: "cold"))),
    ObjectiveConfiguration(name: "mean", .rule(.mean(number: "priority"))),
    ObjectiveConfiguration(name: "discounted", .rule(.discounted(number: "priority"))),
    ObjectiveConfiguration(name: "any", .predicted(feedback: "click", .any)),
  ]

  init(_ sizes: WorkloadSizes, precision: ServingPrecision = .float) throws {
    let objectives = try ObjectiveSet(Array(Self.objectives.prefix(sizes.weights)))
    var shape = ReferenceShape()
    shape.candidates = sizes.candidates
    shape.length = sizes.length
    shape.lists = sizes.lists
    shape.weights = sizes.weights
    shape.local = objectives.localWidth
    let layout = FeatureLayout(
      item: SideLayout(numbers: (0..<shape.item).map { "i\($0)" }),
      user: SideLayout(numbers: (0..<shape.user).map { "u\($0)" }), context: SideLayout(),
      columns: objectives.columns, feedback: ["click"], history: sizes.history)
    generator = Generator(
      GeneratorConfiguration(of: shape), layout: layout, objectives: objectives,
      stream: RandomStream(seed: 1, "bench.generator")
    ).serving(precision)
    evaluator = Evaluator(
      EvaluatorConfiguration(of: shape), layout: layout,
      heads: [EvaluatorHead(feedback: "click", kind: .binary)], slots: shape.length,
      stream: RandomStream(seed: 1, "bench.evaluator"))
    sessions = (0..<sizes.batch).map {
      EncodedSession(
        madeUp: $0, shape, columns: objectives.columns,
        behaviours: sizes.history.isEmpty ? [] : [sizes.exposures, sizes.clicks])
    }
    self.shape = shape
    self.objectives = objectives
  }

  /// Normalised weights number `index`, none like another.
  func weights(_ index: Int) -> [Float] {
    var stream = RandomStream(seed: 1, "bench.weights", request: UInt64(index))
    let raw = (0..<shape.weights).map { _ in Float(0.01 + stream.uniform()) }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }
}

extension GeneratorConfiguration {
  init(of shape: ReferenceShape) {
    self.init()
    itemHidden = shape.encoderHidden
    itemWidth = shape.encoded
    fitWidth = 0
    state = shape.state
    attention = shape.attention
    hyperHidden = shape.hyperHidden
  }
}

extension EvaluatorConfiguration {
  init(of shape: ReferenceShape) {
    self.init()
    pointwise = false
    slots = shape.length
    // As in the reference: the channels see the items as they are, the trunk ends in the slots.
    itemHidden = 0
    headHidden = 0
    slotWidth = shape.slot
    attentionWidth = shape.evaluatorAttention
    attentionOutputs = shape.evaluatorAttentionOutputs
    heads = shape.evaluatorHeads
    recurrentWidth = shape.recurrent
    trunk = shape.trunk
  }
}

extension EncodedSession {
  /// Random numbers throughout; the logged list is the first N candidates.
  ///
  /// - Parameter behaviours: how many each sequence of the history has.
  init(
    madeUp index: Int, _ shape: ReferenceShape, columns: [CandidateColumn], behaviours: [Int] = []
  ) {
    var stream = RandomStream(seed: 1, "bench.session", request: UInt64(index))
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(stream.normal()) } }
    let m = shape.candidates
    var request = EncodedRequest(
      item: EncodedSide(rows: m, numbers: numbers(m * shape.item)),
      user: EncodedSide(rows: 1, numbers: numbers(shape.user)),
      context: EncodedSide(rows: 1),
      columns: columns.map { column in
        (0..<m).map { _ in
          switch column.kind {
          case .flag: stream.uniform() < 0.2 ? 1 : 0
          case .group: Float(stream.below(12))
          case .number: Float(stream.below(5))
          }
        }
      })
    request.history = behaviours.map { count in
      EncodedHistory(
        item: EncodedSide(rows: count, numbers: numbers(count * shape.item)),
        action: EncodedSide(
          rows: count, numbers: numbers(count * WorkloadSizes.actionNumbers)),
        ages: (0..<count).map { Float(count - 1 - $0) / Float(count) })
    }
    self.init(
      request: request, shown: (0..<shape.length).map { Int32($0) },
      feedback: [(0..<shape.length).map { _ in stream.uniform() < 0.3 ? 1 : 0 }],
      userKey: UInt64(index), time: 0)
  }
}
