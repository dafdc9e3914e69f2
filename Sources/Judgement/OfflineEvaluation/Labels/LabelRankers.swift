import EvaluationReport
import EvaluatorModel
import Features
import ItemLabels

/// Someone who orders shown items.
struct LabelRanker: Sendable {
  let kind: LabelMethod.Kind
  let detail: String?
  /// Nil for the expectation over all orders.
  let order: (@Sendable (ShownItems) -> ItemOrder)?

  init(
    _ kind: LabelMethod.Kind, detail: String? = nil,
    order: (@Sendable (ShownItems) -> ItemOrder)?
  ) {
    self.kind = kind
    self.detail = detail
    self.order = order
  }
}

extension LabelRanker {
  /// A policy at the target's weights: one list of all items, and one of half of them.
  static func policy(_ method: any ListMethod, _ target: LabelTarget) -> LabelRanker {
    LabelRanker(.policy) { items in
      func list(_ length: Int) -> [Int] {
        method.lists(for: items.request(length: length), weights: target.weights)[0]
      }
      // A method that gives back what was shown does so whatever length it is asked for.
      return ItemOrder(
        order: list(items.count), chosen: Array(list(items.half).prefix(items.half)))
    }
  }

  static let logged = LabelRanker(.logged) { ItemOrder($0.loggedOrder) }

  static let random = LabelRanker(.random, order: nil)

  static func score(_ score: UpstreamScore, _ layout: FeatureLayout) -> LabelRanker {
    LabelRanker(.score, detail: score.name(layout)) {
      ItemOrder(scores: score.scores($0.request))
    }
  }

  static func evaluators(_ ensemble: EvaluatorEnsemble, _ target: LabelTarget) -> LabelRanker {
    LabelRanker(.evaluators) {
      ItemOrder(scores: ensemble.itemExpectations($0.request, feedback: target.kind))
    }
  }

  static func linear(_ model: LinearRanker) -> LabelRanker {
    LabelRanker(.linear) { ItemOrder(scores: model.scores($0.request)) }
  }
}
