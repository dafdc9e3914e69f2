import CandidateSelection
import ListRules
import Sessions

/// Which candidates the model gets to see.
extension RankPipeline {
  /// Raw columns of a request's items, each `[M]`.
  struct Columns {
    /// Of the list rules.
    var rules: [[Float]] = []
    /// Of the controllers.
    var flags: [[Float]] = []
    /// Of the selector.
    var selection: [[Float]] = []
  }

  /// Who chooses the candidates of a request: the service, or the request itself.
  ///
  /// - Throws: faults of what the request says.
  func selector(of request: RankRequest) throws(RankErrors) -> CandidateSelector? {
    guard let own = request.candidates else { return selector }
    return CandidateSelector(try own.checked(configuration.candidates))
  }

  /// Chooses from what is not banned. Pinned and required items are kept, and so are as many flagged
  /// ones as the list rules want, the best of them.
  func select(_ request: inout RankRequest, by selector: CandidateSelector, _ columns: Columns) {
    let plan = request.plan
    var compulsory = Set(plan.pins.values).union(plan.required).sorted()
    var known = Set(compulsory)
    for (rule, column) in zip(configuration.listRules, columns.rules) {
      guard let least = rule.atLeast else { continue }
      let flagged = column.indices.filter { column[$0] > 0 && !plan.bans.contains($0) }
      let scores = selector.scores(columns.selection, of: flagged)
      let best = flagged.indices.sorted {
        scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
      }
      for place in best.prefix(least) where known.insert(flagged[place]).inserted {
        compulsory.append(flagged[place])
      }
    }
    request.plan.selected = selector.selection(
      columns.selection, candidates: request.items.count, closed: plan.bans,
      compulsory: compulsory, length: request.size ?? 0)
  }

  /// The request as the model sees it, with the items that are kept.
  func narrowed(_ request: RankRequest, to kept: [Int], _ columns: Columns) -> RankRequest {
    var places = [Int?](repeating: nil, count: request.items.count)
    for (place, item) in kept.enumerated() { places[item] = place }
    var narrow = request
    narrow.items = kept.map { request.items[$0] }
    narrow.plan.pins = request.plan.pins.compactMapValues { places[$0] }
    narrow.plan.required = Set(request.plan.required.compactMap { places[$0] })
    narrow.plan.bans = []
    narrow.plan.placement = PlacementRules(
      configuration.listRules, columns: columns.rules.map { column in kept.map { column[$0] } },
      candidates: kept.count, length: request.size ?? 0, pins: narrow.plan.pins,
      required: narrow.plan.required.sorted())
    return narrow
  }
}
