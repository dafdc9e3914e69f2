import OfflineEvaluation

/// Figures of a method by the labels of shown items, one for each feedback kind; beside those of
/// `MethodFigure` in the same table.
enum LabelFigures {
  /// NDCG@k.
  static let ndcg = "label_ndcg."
  /// Mean label of the chosen half.
  static let chosen = "label_chosen."

  /// Kinds that any of the figures are about, sorted.
  static func kinds(_ names: some Sequence<String>) -> [String] {
    names.filter { $0.hasPrefix(chosen) }.map { String($0.dropFirst(chosen.count)) }.sorted()
  }

  static func isOne(_ name: String) -> Bool { name.hasPrefix(ndcg) || name.hasPrefix(chosen) }
}

extension SeedFigures {
  /// Adds what labels say.
  mutating func add(_ means: [String: LabelComparison.Means]) {
    for (kind, mean) in means {
      figures[LabelFigures.ndcg + kind] = mean.ndcg
      figures[LabelFigures.chosen + kind] = mean.chosen
    }
  }
}
