package import Sessions

/// Chooses the candidates that the re-ranker gets to see.
package struct CandidateSelector: Sendable {
  package let configuration: SelectionConfiguration
  /// Raw features that it reads, distinct.
  package let columns: [CandidateColumn]

  /// How alike two items are that share all features of `alike`: below 1, so that each keeps something of
  /// its own and a determinantal process can hold more items than there are groups.
  static let mostAlike = 0.9

  /// - Parameter configuration: sound.
  package init(_ configuration: SelectionConfiguration) {
    self.configuration = configuration
    var columns: [CandidateColumn] = []
    let wanted =
      (configuration.by.map { [CandidateColumn(.number, of: $0)] } ?? [])
      + (configuration.method == .quotas ? configuration.quotas.map(\.column) : [])
      + (configuration.method.isDiverse
        ? configuration.alike.map { CandidateColumn(.group, of: $0) } : [])
    for column in wanted where !columns.contains(column) { columns.append(column) }
    self.columns = columns
  }

  /// Chooses `keep` of the open candidates, or as many as a list of `length` and the compulsory ones need.
  ///
  /// - Parameters:
  ///   - values: of `columns`, over all candidates: `[C][M]`.
  ///   - candidates: M.
  ///   - closed: candidates that cannot come; they are neither kept nor counted.
  ///   - compulsory: distinct open candidates that are always kept.
  ///   - length: places of the list.
  package func selection(
    _ values: [[Float]], candidates: Int, closed: Set<Int> = [], compulsory: [Int] = [],
    length: Int = 0
  ) -> SelectedCandidates {
    precondition(
      values.count == columns.count, "columns \(columns.map(\.feature)), got \(values.count)")
    let open = (0..<candidates).filter { !closed.contains($0) }
    let keep = max(configuration.keep, length, compulsory.count)
    guard open.count > keep else { return SelectedCandidates(open: open.count, kept: open) }
    var places = [Int](repeating: -1, count: candidates)
    for (place, candidate) in open.enumerated() { places[candidate] = place }
    let pool = SelectionPool(
      scores: scores(values, of: open), keep: keep,
      compulsory: compulsory.map { candidate in
        precondition(places[candidate] >= 0, "candidate \(candidate) is closed and has to be kept")
        return places[candidate]
      })
    var selected: SelectedCandidates
    switch configuration.method {
    case .quotas: selected = underQuotas(pool, values, open)
    case .top: selected = pool.highest
    case .mmr, .dpp, .submodular: selected = diverse(pool, values, open)
    }
    selected.kept = selected.kept.map { open[$0] }
    return selected
  }

  /// The selection of a request.
  package func selection(
    of candidates: [Candidate], compulsory: [Int] = [], length: Int = 0
  ) -> SelectedCandidates {
    guard candidates.count > configuration.keep else {
      return SelectedCandidates(open: candidates.count, kept: Array(candidates.indices))
    }
    return selection(
      columns.map { $0.values(of: candidates) }, candidates: candidates.count,
      compulsory: compulsory, length: length)
  }

  /// Of some candidates: their number, or the order in which they come.
  ///
  /// - Parameters:
  ///   - values: of `columns`, over all candidates: `[C][M]`.
  ///   - chosen: candidate indices.
  package func scores(_ values: [[Float]], of chosen: [Int]) -> [Double] {
    guard let by = configuration.by else { return chosen.map { -Double($0) } }
    let column = values[place(of: CandidateColumn(.number, of: by))]
    return chosen.map { Double(column[$0]) }
  }

  private func place(of column: CandidateColumn) -> Int {
    guard let place = columns.firstIndex(of: column) else {
      preconditionFailure("\(column.feature) is not read")
    }
    return place
  }

  private func underQuotas(
    _ pool: SelectionPool, _ values: [[Float]], _ open: [Int]
  ) -> SelectedCandidates {
    let quotas = configuration.quotas
    guard !quotas.isEmpty else { return pool.highest }
    let partitions = quotas.map { quota in
      let column = values[place(of: quota.column)]
      return quota.partition(open.map { column[$0] }, keep: pool.keep)
    }
    return pool.underQuotas(partitions, features: quotas.map(\.column.feature))
  }

  private func diverse(
    _ pool: SelectionPool, _ values: [[Float]], _ open: [Int]
  ) -> SelectedCandidates {
    let groups = configuration.alike.map { feature in
      let column = values[place(of: CandidateColumn(.group, of: feature))]
      return open.map { Int(column[$0]) }
    }
    let share = Self.mostAlike / Double(groups.count)
    func similarity(_ i: Int, _ j: Int) -> Double {
      i == j ? 1 : share * Double(groups.count { $0[i] == $0[j] })
    }
    let (tradeOff, relevance) = (configuration.tradeOff, pool.relevance)
    let list =
      switch configuration.method {
      case .mmr:
        maximalMarginalRelevance(
          relevance: relevance, similarity: similarity, tradeOff: tradeOff, length: pool.keep,
          after: pool.compulsory)
      case .dpp:
        determinantalGreedy(
          relevance: relevance, similarity: similarity, tradeOff: tradeOff, length: pool.keep,
          after: pool.compulsory)
      default:
        submodularGreedy(
          relevance: relevance, groups: groups, tradeOff: tradeOff, length: pool.keep,
          after: pool.compulsory)
      }
    return pool.selected(list.sorted()) { _ in (.likeness, nil) }
  }
}
