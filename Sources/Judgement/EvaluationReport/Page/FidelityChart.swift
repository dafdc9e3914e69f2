/// What it costs to be served the lists of another weighting, by how far away that weighting is.
struct FidelityChart {
  let curve: FidelityCurve

  /// Nil for a curve without points.
  func figure() -> String? {
    guard !curve.points.isEmpty else { return nil }
    let frame = PlotFrame(
      x: [0] + curve.points.map(\.distance), y: [0] + curve.points.map(\.loss))
    var drawing = frame.drawing(
      xTitle: "distance of the two weightings", yTitle: "loss, reward units")
    drawing.line(frame.point(0, 0), frame.point(frame.x.high, 0), "logged")
    drawing.path(curve.points.map { frame.point($0.distance, $0.loss) }, "fit")
    let most = Double(curve.points.map(\.pairs).max() ?? 1)
    for point in curve.points {
      // The area stands for the pairs.
      let radius = 2.5 + 5 * (Double(point.pairs) / max(most, 1)).squareRoot()
      drawing.dot(
        frame.point(point.distance, point.loss), "generated", radius: radius,
        note: "distance \(Figures.decimals(point.distance, 2)): \(Figures.signed(point.loss)), "
          + Figures.count(point.pairs, "pair"))
    }
    let path = curve.points.map {
      "\(Figures.signed($0.loss)) at distance \(Figures.decimals($0.distance, 2))"
    }
    let svg = drawing.svg(
      id: "fidelity", title: "Loss against the distance of weightings",
      description: "Mean loss: \(path.joined(separator: ", ")).")
    return Figure.html(
      svg,
      facts: [
        "own list is best in \(Figures.percent(curve.ownIsBest)) of pairs",
        Figures.count(curve.weights, "weighting") + " drawn anew", "dots by number of pairs",
      ])
  }
}
