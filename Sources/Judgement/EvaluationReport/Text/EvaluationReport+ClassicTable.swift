extension EvaluationReport {
  func classicNote(_ classic: ClassicSummary) -> String {
    "At equal weights, whole lists. Relevant: got a \(classic.relevance) when it was shown; what was not "
      + "shown counts as irrelevant, which flatters the logged lists."
      + (classic.group.map { " Subtopics and distance by \($0)." } ?? "")
  }

  func classicTable(_ classic: ClassicSummary) -> TextTable {
    var table = TextTable([("measure", .left), ("generated", .right), ("logged", .right)])
    for row in classicRows(classic) { table.add(row) }
    return table
  }

  /// Name, generated and logged, of the measures that are defined.
  func classicRows(_ classic: ClassicSummary) -> [[String]] {
    ClassicSummary.measures.compactMap { name in
      let values = [classic.generated[name], classic.logged[name]]
      guard values.contains(where: { $0 != nil }) else { return nil }
      return [name] + values.map { $0.map(Figures.plain) ?? "–" }
    }
  }
}
