import Statistics

/// What a head of an evaluator promised against what happened.
struct ReliabilityChart {
  /// Whose head it is.
  let who: String
  let head: String
  let index: Int
  let summary: EvaluatorSummary.Head

  /// Nil without a curve.
  func figure() -> String? {
    guard let curve = summary.reliability, !curve.isEmpty else { return nil }
    let ends = [0] + curve.map(\.predicted) + curve.map(\.observed)
    let frame = PlotFrame(x: ends, y: ends)
    var drawing = frame.drawing(xTitle: "predicted probability", yTitle: "observed share")
    let end = min(frame.x.high, frame.y.high)
    drawing.line(frame.point(0, 0), frame.point(end, end), "logged")
    drawing.path(curve.map { frame.point($0.predicted, $0.observed) }, "fit")
    for bin in curve {
      drawing.dot(
        frame.point(bin.predicted, bin.observed), who == "judge" ? "judge-dot" : "generated",
        radius: 3.5,
        note: "predicted \(Figures.plain(bin.predicted)), observed "
          + "\(Figures.plain(bin.observed)), \(Figures.count(bin.count, "prediction"))")
    }
    let svg = drawing.svg(
      id: "reliability-\(index)", title: "Reliability of \(head), \(who)",
      description: "Observed share over predicted probability in \(curve.count) groups of about "
        + "equal size. On the diagonal predictions mean what they say.")
    return Figure.html(
      svg, name: "\(head), \(who)",
      facts: summary.ece.map { ["calibration error \(Figures.percent($0))"] } ?? [])
  }
}
