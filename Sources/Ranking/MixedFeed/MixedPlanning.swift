import Autodiff
import EvaluatorModel
import Features
import FeedPlanning
import ListPolicy
import ListRules
import Objectives
import ScreenModel

/// From the values of one request to its list.
struct MixedPlanning {
  let policy: MixedPolicy
  let batch: RequestBatch
  let prepared: ScreenRanker.Prepared
  let request: MixedRequest
  let constraints: DecodingConstraints
  let weights: [Float]

  private var configuration: MixedConfiguration { policy.configuration }

  /// The best plan that the rules permit, as the referee sees it; where the rules permit none of the best
  /// plans, the first of them repaired by the rules.
  func list(on tape: Tape, isOver: () -> Bool) -> [Int] {
    let problem = problem(on: tape)
    let lists = plans(problem).map { request.list($0.choices) }
    guard let first = lists.first else { return filled([]) }
    let permitted = lists.filter { constraints.rules?.violations(of: $0).isEmpty ?? true }
    guard !permitted.isEmpty else { return filled(first) }
    guard permitted.count > 1, !isOver(), let worth = worth(of: permitted, on: tape) else {
      return permitted[0]
    }
    let best = worth.indices.max { (worth[$0], -$0) < (worth[$1], -$1) }
    return permitted[best ?? 0]
  }

  /// What is to be planned.
  func problem(on tape: Tape) -> FeedProblem {
    switch (configuration.values, policy.evaluators) {
    case (.evaluators, let evaluators?):
      let values = evaluatorValues(evaluators).values(batch)
      return request.problem(organic: values.organic, inserts: values.inserts)
    default:
      let values = SurroundingValues(
        ranker: policy.ranker,
        steered: SteeredBeam(
          policy.objectives, weights: weights, feedback: policy.ranker.feedback),
        request: request
      ).values(prepared, on: tape)
      return request.problem(organic: values.organic, inserts: values.inserts)
    }
  }

  private func evaluatorValues(_ evaluators: EvaluatorEnsemble) -> EvaluatorValues {
    EvaluatorValues(
      evaluators: evaluators, objectives: policy.objectives, weights: weights, request: request)
  }

  /// The best plans, best first. Where the channels' limits leave none, one that keeps as much of them as can
  /// be.
  private func plans(_ problem: FeedProblem) -> [FeedPlan] {
    let count =
      configuration.referee == .none && constraints.rules == nil ? 1 : configuration.plans
    do {
      return try FeedPlanner.plans(problem, count: count, method: method, effort: Self.effort)
    } catch {
      return (try? FeedPlanner.relaxedPlan(problem)).map { [$0.plan] } ?? []
    }
  }

  /// A user waits: some ten milliseconds of search at most. Only free inserts under shares come near it; what
  /// is found then is the best plan known, and not proven to be the best.
  private static let effort = FeedEffort(labels: 40_000)

  private var method: FeedMethod {
    switch configuration.method {
    case .exact: return .automatic
    case .beam: return .beam(width: configuration.beamWidth)
    case .threshold: return .threshold(configuration.threshold)
    case .fixed:
      // Places go to the channels in turn.
      let places = configuration.places.filter { $0 <= request.length }.sorted()
      return .fixedSlots(
        request.channels.indices.map { channel in
          places.enumerated().filter { $0.offset % request.channels.count == channel }
            .map { $0.element - 1 }
        })
    }
  }

  /// What the referee thinks of whole lists; nil without one.
  private func worth(of lists: [[Int]], on tape: Tape) -> [Double]? {
    let rewards: [Double]
    switch (configuration.referee, policy.evaluators) {
    case (.none, _): return nil
    case (.evaluators, let evaluators?):
      rewards = evaluatorValues(evaluators).rewards(of: lists, batch)
    default: rewards = surroundingRewards(of: lists, on: tape)
    }
    return zip(lists, rewards).map { $1 - request.price(of: $0) }
  }

  /// R_w of whole lists, where the network sees what really stands around each item.
  private func surroundingRewards(of lists: [[Int]], on tape: Tape) -> [Double] {
    let ranker = policy.ranker
    let rows = lists.map { $0.map { Int32(request.first + $0) } }
    var predicted = ranker.predictions(
      tape.value(
        ranker.outputs(
          prepared, rows: rows.flatMap(\.self),
          places: rows.flatMap { list in list.indices.map { ranker.place(at: $0, of: list) } },
          on: tape)))[...]
    let heads = policy.objectives.feedback.map { kind in
      ranker.feedback.firstIndex(of: kind) ?? 0
    }
    return lists.map { list in
      let slots = Array(predicted.prefix(list.count))
      predicted = predicted.dropFirst(list.count)
      let utilities = policy.objectives.utilities(
        of: list, columns: request.columns,
        predictions: heads.map { head in slots.map { $0[head] } })
      return Double(policy.objectives.reward(utilities, weights: weights))
    }
  }

  /// A whole list that keeps pins, bans and rules as far as it can, in the order of `list` and then of the
  /// queues.
  private func filled(_ list: [Int]) -> [Int] {
    let order = list + request.organic + request.inserts.joined()
    if let rules = constraints.rules { return rules.repaired(from: order).list }
    let pinned = Set(constraints.pins.values)
    var seen: Set<Int> = []
    var open = order.filter { !pinned.contains($0) && seen.insert($0).inserted }[...]
    return (0..<request.length).compactMap { constraints.pins[$0] ?? open.popFirst() }
  }
}
