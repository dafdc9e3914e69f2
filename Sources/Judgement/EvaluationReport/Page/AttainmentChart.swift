/// Attainment of every weighting by the evaluators and by the truth.
struct AttainmentChart {
  let report: EvaluationReport
  let attainment: AttainmentSummary

  /// Nil when nothing was to be gained anywhere.
  func figure() -> String? {
    let places = report.probes.indices
    let rows = places.map {
      (own: attainment.byEvaluators?[probe: $0], truth: attainment.byTruth?[probe: $0])
    }
    let values = rows.flatMap { [$0.own, $0.truth] }.compactMap { $0.map { 100 * $0 } }
    guard !values.isEmpty else { return nil }
    let frame = RowFrame(rows: rows.count, x: values + [90, 100])
    var drawing = frame.drawing(
      weights: report.weightRows, names: report.objectives, xTitle: "attained, %")
    for (row, shares) in rows.enumerated() {
      let y = frame.y(row)
      if let truth = shares.truth {
        drawing.diamond(
          (frame.x(100 * truth), y), "truth",
          note: "\(row + 1): \(Figures.percent(truth)) in truth")
      }
      if let own = shares.own {
        drawing.dot(
          (frame.x(100 * own), y), "generated",
          note: "\(row + 1): \(Figures.percent(own)) for the evaluators")
      }
    }
    let svg = drawing.svg(
      id: "attainment", title: "Attainment by weighting",
      description: "One row per weighting; the figures are in the table of all weightings.")
    return Figure.html(svg, facts: ["a row without a mark had nothing to gain"])
  }
}
