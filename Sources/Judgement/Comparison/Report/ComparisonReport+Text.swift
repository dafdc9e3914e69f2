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

  /// A table for the terminal.
  package func textTable() -> String {
    lines { cells, widths in
      zip(cells, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + padding : padding + cell.0
      }.joined(separator: "  ")
    }.joined(separator: "\n") + "\n" + footnote
  }

  /// The same table in Markdown.
  package func markdown() -> String {
    var lines = lines { cells, _ in "| " + cells.joined(separator: " | ") + " |" }
    lines.insert(
      "|---|" + String(repeating: "---:|", count: Self.columns.count), at: 1)
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ join: ([String], [Int]) -> String) -> [String] {
    let rows =
      [["method"] + Self.columns.map(\.heading)]
      + methods.map { row in
        [row.name + (row.requests < requests ? " *" : "")]
          + Self.columns.map { cell(row.figures[$0.figure.rawValue], percent: $0.percent) }
      }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { join($0, widths) }
  }

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
        + (slow.map { "\n* judged on \($0.requests) requests and \($0.probes) weightings." } ?? "")
  }
}
