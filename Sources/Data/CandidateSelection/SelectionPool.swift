/// The candidates that a selection chooses from, by their places in it.
struct SelectionPool {
  let scores: [Double]
  /// How many are kept; fewer than there are.
  let keep: Int
  let compulsory: [Int]

  /// Places by falling score, those of equal score in order.
  private var order: [Int] {
    // A score that is no number is the lowest; no comparison may hang on it.
    let scores = scores.map { $0.isNaN ? -.infinity : $0 }
    return scores.indices.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
    }
  }

  /// Scores from 0 for the lowest to 1 for the highest; all 0 without a spread.
  var relevance: [Double] {
    let steps = ScoreSteps.steps(of: scores)
    let highest = Double(max(steps.max() ?? 1, 1))
    return steps.map { Double(max($0, 0)) / highest }
  }

  /// The compulsory ones and the highest scores.
  var highest: SelectedCandidates {
    let known = Set(compulsory)
    let others = order.lazy.filter { !known.contains($0) }.prefix(keep - compulsory.count)
    return selected((compulsory + others).sorted()) { _ in (.required, nil) }
  }

  /// - Parameters:
  ///   - partitions: one or two.
  ///   - features: of the partitions.
  func underQuotas(_ partitions: [QuotaPartition], features: [String]) -> SelectedCandidates {
    let kept = quotaSelection(
      scores: scores, left: partitions[0],
      right: partitions.count > 1 ? partitions[1] : QuotaPartition(unlimited: scores.count),
      keep: keep, compulsory: compulsory)
    let counts = partitions.map { $0.counts(of: kept) }
    let haveFloors = partitions.contains { $0.floors.contains { $0 > 0 } }
    var selected = selected(kept) { place in
      for (side, partition) in partitions.enumerated() {
        let group = partition.groups[place]
        if counts[side][group] >= partition.caps[group] { return (.cap, features[side]) }
      }
      return (haveFloors ? .floor : .required, nil)
    }
    func misses(_ items: (QuotaPartition) -> [Int]) -> [SelectedCandidates.Miss] {
      zip(features, partitions).compactMap { feature, partition in
        let sum = items(partition).reduce(0, +)
        return sum > 0 ? SelectedCandidates.Miss(of: feature, items: sum) : nil
      }
    }
    selected.loosened = misses { $0.excess(of: kept) }
    selected.short = misses { $0.lacking(of: kept) }
    return selected
  }

  /// - Parameters:
  ///   - kept: places, ascending.
  ///   - reason: why a place is left out that is among the `keep` highest.
  func selected(
    _ kept: [Int], because reason: (Int) -> (SelectedCandidates.Reason, feature: String?)
  ) -> SelectedCandidates {
    let inside = Set(kept)
    var cut: [SelectedCandidates.Cut] = []
    for (rank, place) in order.enumerated() where !inside.contains(place) {
      let (why, feature) = rank < keep ? reason(place) : (.score, nil)
      if let known = cut.firstIndex(where: { $0.reason == why && $0.feature == feature }) {
        cut[known].count += 1
      } else {
        cut.append(SelectedCandidates.Cut(why, of: feature, count: 1))
      }
    }
    cut.sort { ($0.reason.rawValue, $0.feature ?? "") < ($1.reason.rawValue, $1.feature ?? "") }
    return SelectedCandidates(open: scores.count, kept: kept, cut: cut)
  }
}
