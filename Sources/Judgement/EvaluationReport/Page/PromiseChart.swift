/// Predicted gain of every weighting against what the judge and the truth see of it.
struct PromiseChart {
  let report: EvaluationReport

  /// Nil when nobody but the evaluators saw the lists.
  func figure() -> String? {
    guard report.judge != nil || report.world != nil else { return nil }
    let gains = report.probes.map { probe in
      (
        predicted: probe.rewardGenerated - probe.rewardLogged, judge: probe.judge?.gain,
        truth: probe.world?.trueGain
      )
    }
    let frame = PlotFrame(
      x: gains.map(\.predicted) + [0],
      y: gains.flatMap { [$0.predicted, $0.judge, $0.truth] }.compactMap(\.self) + [0])
    var drawing = frame.drawing(
      xTitle: "predicted gain, reward units", yTitle: "gain that is there")
    let ends = (max(frame.x.low, frame.y.low), min(frame.x.high, frame.y.high))
    drawing.line(frame.point(ends.0, ends.0), frame.point(ends.1, ends.1), "logged")
    if frame.y.low < 0 {
      drawing.line(frame.point(frame.x.low, 0), frame.point(frame.x.high, 0), "axis")
    }
    for (place, gain) in gains.enumerated() {
      let promise = "\(place + 1): \(Figures.signed(gain.predicted)) predicted"
      if let truth = gain.truth {
        drawing.diamond(
          frame.point(gain.predicted, truth), "truth",
          note: "\(promise), \(Figures.signed(truth)) true")
      }
      if let judge = gain.judge {
        drawing.triangle(
          frame.point(gain.predicted, judge), "judge",
          note: "\(promise), \(Figures.signed(judge)) for the judge")
      }
    }
    let svg = drawing.svg(
      id: "promise", title: "Gain that is there against predicted gain",
      description: "One mark per weighting and viewpoint. On the dashed diagonal the promise is "
        + "kept, below it the evaluators promised too much. The figures are in the table of all "
        + "weightings.")
    return Figure.html(svg, facts: facts)
  }

  private var facts: [String] {
    var facts: [String] = []
    if let gap = report.judge?.gap {
      facts.append("gap to the judge: mean \(Figures.signed(gap.mean))")
      facts.append("largest \(Figures.signed(gap.max))")
      if let share = gap.share { facts.append("\(Figures.percent(share)) of the predicted gain") }
    }
    if let kept = report.world?.gainKept {
      facts.append("\(Figures.percent(kept)) of the predicted gain is true")
    }
    return facts
  }
}
