import Statistics

/// What the weightings reach of two objectives at once, and the front among them.
struct FrontChart {
  let report: EvaluationReport
  /// Places of the two objectives, across and up.
  let pair: (Int, Int)
  private var across: String { report.objectives[pair.0] }
  private var up: String { report.objectives[pair.1] }

  private struct Reached {
    let probe: Int
    let at: [Double]
    let weight: Double
  }

  /// Every pair of objectives once.
  static func all(_ report: EvaluationReport) -> [FrontChart] {
    let k = report.objectives.count
    return (0..<k).flatMap { a in
      ((a + 1)..<max(k, a + 1)).map { FrontChart(report: report, pair: (a, $0)) }
    }
  }

  /// Nil when no probe knows both.
  func figure() -> String? {
    let reached = report.probes.enumerated().compactMap { place, probe in
      probe.utilities[across].flatMap { x in
        probe.utilities[up].map {
          Reached(probe: place, at: [x, $0], weight: probe.weights[across] ?? 0)
        }
      }
    }
    guard !reached.isEmpty else { return nil }
    let front = zip(reached, nonDominated(reached.map(\.at))).filter(\.1).map(\.0)
      .sorted { ($0.at[0], -$0.at[1]) < ($1.at[0], -$1.at[1]) }
    let logged = loggedPoint
    let frame = PlotFrame(
      x: reached.map { $0.at[0] } + logged.prefix(1),
      y: reached.map { $0.at[1] } + logged.dropFirst())
    var drawing = frame.drawing(xTitle: across, yTitle: up)
    drawing.path(front.map { frame.point($0.at[0], $0.at[1]) }, "fit")
    draw(reached, logged, frame, &drawing)
    let svg = drawing.svg(
      id: "front-\(pair.0)-\(pair.1)", title: "\(up) against \(across)",
      description: "Mean utilities of \(Figures.count(reached.count, "weighting")); "
        + "\(front.count) of them are not dominated by another in this plane.")
    return Figure.html(
      svg, name: "\(across) and \(up)", facts: facts(reached.map(\.at), front.count))
  }

  private func draw(
    _ reached: [Reached], _ logged: [Double], _ frame: PlotFrame, _ drawing: inout Drawing
  ) {
    for point in reached {
      drawing.dot(
        frame.point(point.at[0], point.at[1]), "reached", tint: point.weight,
        note: "\(point.probe + 1): \(across) \(Figures.plain(point.at[0])), \(up) "
          + "\(Figures.plain(point.at[1])), weight of \(across) \(Figures.decimals(point.weight, 2))"
      )
    }
    if logged.count == 2 {
      drawing.square(
        frame.point(logged[0], logged[1]), "logged-mark",
        note:
          "logged lists: \(across) \(Figures.plain(logged[0])), \(up) \(Figures.plain(logged[1]))")
    }
  }

  /// Mean utilities of the logged lists; empty when not known.
  private var loggedPoint: [Double] {
    [across, up].compactMap { name in
      let known = report.probes.compactMap { $0.utilitiesLogged[name] }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  private func facts(_ points: [[Double]], _ front: Int) -> [String] {
    var facts = ["\(front) of \(points.count) on this plane's front"]
    let scales = [report.scales[pair.0], report.scales[pair.1]]
    func scaled(_ point: [Double]) -> [Double] { zip(point, scales).map { $0 / $1 } }
    if let x = report.front?.reference[across], let y = report.front?.reference[up],
      let area = hypervolume(points.map(scaled), reference: scaled([x, y]))
    {
      facts.append("area \(Figures.plain(area)) above (\(Figures.plain(x)), \(Figures.plain(y)))")
    }
    return facts
  }
}
