import ListRules
import Sessions

/// What is served when the model's list cannot be.
extension RankPipeline {
  /// The candidates in upstream's order, repaired by the rules.
  func fallback(_ request: RankRequest, _ reason: ListOrigin.FallbackReason) -> RankResponse {
    let order = Array(request.items.indices)
    let repaired = request.plan.placement?.repaired(from: order)
    let list = repaired?.list ?? Array(order.prefix(request.size ?? 0))
    var origin = ListOrigin(.fallback, evaluated: 0)
    origin.fallback = reason
    origin.brokenRules = (repaired?.violations ?? []).map(\.description)
    return RankResponse(
      items: list.enumerated().map { position, index in
        RankResponse.Item(id: request.items[index].id, index: index, position: position + 1)
      },
      weights: model.objectives.map {
        RankResponse.Weight(name: $0.name, effective: request.weights?[$0.name] ?? 0)
      },
      utilities: [], reward: nil, model: model.name, version: model.version, origin: origin)
  }

  /// Holds the list against the rules once more, whoever wrote it. The fallback takes its place
  /// when it breaks fewer.
  func guardRules(_ answer: inout RankAnswer, _ request: RankRequest) {
    guard answer.response.origin.fallback == nil, let placement = request.plan.placement else {
      return
    }
    let broken = placement.violations(of: answer.response.items.map(\.index))
    guard !broken.isEmpty else { return }
    let fallback = fallback(request, .rule)
    if fallback.origin.brokenRules.count < broken.count {
      answer.response = fallback
    } else {
      answer.response.origin.brokenRules = broken.map(\.description)
    }
  }
}
