import Foundation

extension ComparisonReport {
  /// Columns of the tables: heading, figure, shown as a percentage.
  static let columns: [(heading: String, figure: MethodFigure, percent: Bool)] = [
    ("attained", .attainment, true), ("worst", .attainmentWorst, true),
    ("true gain", .trueGain, false), ("predicted", .predictedGain, false),
    ("judge", .judgeGain, false), ("judge better", .judgeBetter, true),
    ("Spearman", .spearman, false), ("volume", .hypervolumeShare, true),
    ("price", .price, true), ("ms", .milliseconds, false),
  ]

  /// Columns of the table by labels; none where nothing was labelled.
  private var labelColumns: [(heading: String, figure: String)] {
    LabelFigures.kinds(Set(methods.flatMap(\.figures.keys))).flatMap { kind in
      [
        ("\(kind) NDCG@\(labelDepth)", LabelFigures.ndcg + kind),
        ("\(kind) chosen", LabelFigures.chosen + kind),
      ]
    }
  }

  /// Tables for the terminal.
  package func textTable() -> String {
    tables.map { rows in
      let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
      return rows.map { cells in
        zip(cells, widths).enumerated().map { column, cell in
          let padding = String(repeating: " ", count: cell.1 - cell.0.count)
          return column == 0 ? cell.0 + padding : padding + cell.0
        }.joined(separator: "  ")
      }.joined(separator: "\n") + "\n"
    }.joined(separator: "\n") + footnote
  }

  /// The same tables in Markdown.
  package func markdown() -> String {
    tables.map { rows in
      var lines = rows.map { "| " + $0.joined(separator: " | ") + " |" }
      lines.insert("|---|" + String(repeating: "---:|", count: rows[0].count - 1), at: 1)
      return lines.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  /// Cells of the tables, headings first: by models and truth, then by labels.
  private var tables: [[[String]]] {
    let judged = methods.filter { !$0.figures.keys.allSatisfy(LabelFigures.isOne) }
    let own =
      [["method"] + Self.columns.map(\.heading)]
      + judged.map { row in
        [name(row)]
          + Self.columns.map { cell(row.figures[$0.figure.rawValue], percent: $0.percent) }
      }
    let columns = labelColumns
    guard !columns.isEmpty else { return [own] }
    let labelled = methods.filter { $0.figures.keys.contains(where: LabelFigures.isOne) }
    let byLabels =
      [["by labels"] + columns.map(\.heading)]
      + labelled.map { row in
        [name(row)] + columns.map { cell(row.figures[$0.figure], percent: false) }
      }
    return [own, byLabels]
  }

  private func name(_ row: Row) -> String { row.name + (row.requests < requests ? " *" : "") }

  private func cell(_ figure: FigureSummary?, percent: Bool) -> String {
    guard let figure else { return "–" }
    let scale = percent ? 100.0 : 1
    let digits = percent ? 1 : 3
    let mean = String(format: "%.\(digits)f", scale * figure.mean)
    guard figure.seeds.count > 1 else { return mean }
    return mean + String(format: " ±%.\(digits)f", scale * figure.deviation)
  }

  private var footnote: String {
    let slow = methods.first { $0.requests < requests }
    return """
      Means over \(probes.count) weightings and \(requests) requests; ± is the standard deviation over \
      \(seeds.count) seeds. attained: share of the true gain of the best list found \
      (\(attainableRequests) requests), at the worst weighting; volume: hypervolume as a share of the \
      specialists'; price: what the specialists earn more, as a share of what control moves; both in %.
      """
        + (labelColumns.isEmpty
          ? ""
          : "\nby labels: the items that were shown, put in order at w = the kind's objective alone, and "
            + "what they really got; chosen: mean label of the half that is chosen.")
        + (slow.map { "\n* judged on \($0.requests) requests and \($0.probes) weightings." } ?? "")
  }
}
