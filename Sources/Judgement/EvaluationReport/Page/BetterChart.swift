/// Better percentage of every weighting with its interval, row by row.
struct BetterChart {
  let report: EvaluationReport

  func figure() -> String {
    let values = report.probes.flatMap {
      [
        $0.betterPercentage, $0.betterLow, $0.betterHigh, $0.judge?.betterPercentage,
        $0.world?.trueBetterPercentage,
      ].compactMap { $0.map { 100 * $0 } }
    }
    // The even line belongs in the picture unless everything is far above it.
    let smallest = values.min() ?? 0
    let frame = RowFrame(
      rows: report.probes.count, x: values + [90, 100] + (smallest < 60 ? [50] : []))
    var drawing = frame.drawing(
      weights: report.weightRows, names: report.objectives, xTitle: "better, % of requests")
    for (row, probe) in report.probes.enumerated() { draw(probe, row, frame, &drawing) }
    let svg = drawing.svg(
      id: "better", title: "Better percentage by weighting",
      description: "One row per weighting; the figures are in the table of all weightings.")
    let level = Figures.level(report.confidenceLevel)
    return Figure.html(
      svg,
      facts: report.betterPercentage?.low == nil
        ? ["a single user: no intervals"]
        : ["\(level) intervals over users, of the evaluators' figures"])
  }

  private func draw(
    _ probe: ProbeResult, _ row: Int, _ frame: RowFrame, _ drawing: inout Drawing
  ) {
    let y = frame.y(row)
    if let truth = probe.world?.trueBetterPercentage {
      drawing.diamond(
        (frame.x(100 * truth), y), "truth",
        note: "\(row + 1): \(Figures.percent(truth)) truly better")
    }
    if let judge = probe.judge {
      drawing.triangle(
        (frame.x(100 * judge.betterPercentage), y), "judge",
        note: "\(row + 1): \(Figures.percent(judge.betterPercentage)) better for the judge")
    }
    if let low = probe.betterLow, let high = probe.betterHigh {
      drawing.horizontalInterval(frame.x(100 * low), frame.x(100 * high), y: y, "interval")
    }
    let better = Figures.percent(probe.betterPercentage)
    drawing.dot(
      (frame.x(100 * probe.betterPercentage), y), "generated",
      note: "\(row + 1): \(better) better, \(Figures.percent(probe.ties)) ties")
  }
}

extension EvaluationReport {
  /// Weights in the order of the objectives, [probes, k].
  var weightRows: [[Double]] {
    probes.map { probe in objectives.map { probe.weights[$0] ?? 0 } }
  }
}
