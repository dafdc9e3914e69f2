/// Predicted beside true gain for every weighting of a world.
struct GainChart {
  let report: EvaluationReport

  /// Nil without a world.
  func figure() -> String? {
    guard report.world != nil else { return nil }
    let truths = report.probes.map(\.world)
    let values = truths.flatMap { [$0?.predictedGain, $0?.trueGain].compactMap { $0 } }
    let frame = RowFrame(rows: truths.count, x: values + [0])
    var drawing = frame.drawing(
      weights: report.weightRows, names: report.objectives, xTitle: "gain, reward units")
    for (row, truth) in truths.enumerated() {
      guard let truth else { continue }
      let y = frame.y(row)
      drawing.bar(
        x: (frame.x(0), frame.x(truth.predictedGain)), y: y - 8, height: 7, "generated",
        note: "\(row + 1): predicted \(Figures.signed(truth.predictedGain))")
      drawing.bar(
        x: (frame.x(0), frame.x(truth.trueGain)), y: y + 1, height: 7, "truth-bar",
        note: "\(row + 1): truly \(Figures.signed(truth.trueGain))")
    }
    let zero = frame.x(0)
    drawing.line((zero, frame.y(0) - 11), (zero, frame.y(truths.count - 1) + 11), "axis")
    let svg = drawing.svg(
      id: "gain", title: "Predicted and true gain by weighting",
      description: "Two bars per weighting; the figures are in the table of all weightings.")
    let caption = "Reward of the generated lists minus that of the logged ones."
    return Markup.element(
      "figure", [:],
      Legend.marks([("generated", "predicted"), ("truth", "true")]) + svg
        + Markup.text("figcaption", caption))
  }
}
