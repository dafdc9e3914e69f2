/// A share over all weightings of exactly three objectives: a triangle with an objective in each
/// corner, cut into one cell per weighting.
struct SimplexMap {
  let report: EvaluationReport
  /// Maps that are to compare share one.
  let scale: LinearScale
  private static let cells = SimplexCells(corners: [[190, 34], [40, 282], [340, 282]])

  /// What a map shows of a weighting, with its interval.
  typealias Share = (value: Double, interval: String?)

  /// - Parameters:
  ///   - shares: by viewpoint and probe; the scale holds them all.
  /// Nil for other numbers of objectives.
  init?(report: EvaluationReport, shares: [[Share?]]) {
    guard report.objectives.count == 3, !report.probes.isEmpty else { return nil }
    self.report = report
    let values = shares.flatMap { $0.compactMap { $0.map { 100 * $0.value } } }
    scale = LinearScale(covering: values + [90, 100], pixels: (90, 290), count: 4)
  }

  /// - Parameters:
  ///   - shares: per probe; nil leaves its cell empty.
  ///   - what: the share in a word or two, as in `93.0% better`.
  func figure(id: String, name: String, what: String, _ shares: [Share?]) -> String {
    var drawing = Drawing(width: PlotFrame.width, height: 352)
    let rows = report.weightRows
    let points = rows.map(SimplexMap.cells.point)
    for (place, cell) in SimplexMap.cells.cells(points).enumerated() {
      let weights = zip(report.objectives, rows[place]).map { "\($0) \(Figures.weight($1))" }
      let at = "at \(weights.joined(separator: ", "))"
      guard let share = shares[place] else {
        drawing.area(cell.map { ($0.x, $0.y) }, "cell", tint: 0, note: "\(place + 1): none \(at)")
        continue
      }
      drawing.area(
        cell.map { ($0.x, $0.y) }, "cell", tint: tint(100 * share.value),
        note: "\(place + 1): \(Figures.percent(share.value)) \(what)"
          + (share.interval.map { " (\($0))" } ?? "") + " \(at)")
    }
    for point in points { drawing.pin((point.x, point.y), "pin") }
    labelCorners(&drawing)
    drawScale(&drawing)
    let values = shares.compactMap { $0?.value }
    let range = Figures.interval(values.min(), values.max(), Figures.percent) ?? "none"
    let svg = drawing.svg(
      id: id, title: "\(name): \(what) over the weightings",
      description: "A triangle with \(report.objectives.joined(separator: ", ")) in its corners; "
        + "\(range). The figures are in the table of all weightings.")
    return Figure.html(svg, name: name, facts: ["\(range) \(what)"])
  }

  /// The full colour stands for the top of the scale; the bottom still shows a little.
  private func tint(_ percent: Double) -> Double {
    0.06 + 0.94 * (percent - scale.low) / (scale.high - scale.low)
  }

  private func labelCorners(_ drawing: inout Drawing) {
    let names = report.objectives.map { Figures.shortened($0, to: 24) }
    let corners = SimplexMap.cells.corners
    drawing.label(names[0], (corners[0].x, corners[0].y - 12), .middle, "axis-title")
    drawing.label(names[1], (8, corners[1].y + 18), .start, "axis-title")
    drawing.label(names[2], (PlotFrame.width - 8, corners[2].y + 18), .end, "axis-title")
  }

  private func drawScale(_ drawing: inout Drawing) {
    let steps = 20
    for step in 0..<steps {
      let ends = [step, step + 1].map {
        scale.low + Double($0) / Double(steps) * (scale.high - scale.low)
      }
      drawing.bar(
        x: (scale(ends[0]), scale(ends[1])), y: 318, height: 10, "generated",
        tint: tint(0.5 * (ends[0] + ends[1])))
    }
    for tick in scale.ticks {
      drawing.label("\(scale.label(tick))%", (scale(tick), 344), .middle)
    }
  }
}
