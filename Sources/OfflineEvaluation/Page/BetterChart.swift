/// Better percentage of every weighting with its interval.
struct BetterChart {
  let report: EvaluationReport

  func figure() -> String {
    let values = report.probes.flatMap {
      [$0.betterPercentage, $0.betterLow, $0.betterHigh].compactMap { $0.map { 100 * $0 } }
    }
    // The even line belongs in the picture unless everything is far above it.
    let smallest = values.min() ?? 0
    let frame = RowFrame(
      rows: report.probes.count, x: values + [100] + (smallest < 60 ? [50] : []))
    var drawing = frame.drawing(
      weights: report.weightRows, names: report.objectives, xTitle: "better, % of requests")
    for (row, probe) in report.probes.enumerated() {
      let y = frame.y(row)
      if let low = probe.betterLow, let high = probe.betterHigh {
        drawing.horizontalInterval(frame.x(100 * low), frame.x(100 * high), y: y, "interval")
      }
      let better = Figures.percent(probe.betterPercentage)
      drawing.dot(
        (frame.x(100 * probe.betterPercentage), y), "generated",
        note: "\(row + 1): \(better) better, \(Figures.percent(probe.ties)) ties")
    }
    let svg = drawing.svg(
      id: "better", title: "Better percentage by weighting",
      description: "One row per weighting; the figures are in the table of all weightings.")
    let level = Figures.level(report.confidenceLevel)
    let caption =
      "Share of requests where the generated list scores above the logged one"
      + (report.betterPercentage?.low == nil ? "." : ", with \(level) intervals over users.")
    return Markup.element("figure", [:], svg + Markup.text("figcaption", caption))
  }
}

extension EvaluationReport {
  /// Weights in the order of the objectives, [probes, k].
  var weightRows: [[Double]] {
    probes.map { probe in objectives.map { probe.weights[$0] ?? 0 } }
  }
}
