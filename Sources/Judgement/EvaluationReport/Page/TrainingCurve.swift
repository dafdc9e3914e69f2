/// Something that was measured while a run trained, against the step.
package struct TrainingCurve: Sendable {
  package struct Series: Sendable {
    package let name: String
    /// Ascending steps.
    package let points: [(step: Double, value: Double)]

    package init(name: String, points: [(step: Double, value: Double)]) {
      self.name = name
      self.points = points
    }
  }

  package let title: String
  package let series: [Series]

  package init(title: String, series: [Series]) {
    self.title = title
    self.series = series
  }

  /// Points of a series beyond which neighbours are averaged: a picture shows no more.
  private static let mostPoints = 120

  /// Figure with caption; nil when no series has two points.
  func figure(index: Int) -> String? {
    let drawn = series.filter { $0.points.count > 1 }
      .map { Series(name: $0.name, points: Self.thinned($0.points)) }
    guard !drawn.isEmpty else { return nil }
    let points = drawn.flatMap(\.points)
    let frame = PlotFrame(x: points.map(\.step), y: points.map(\.value))
    var drawing = frame.drawing(xTitle: "step", yTitle: title)
    for (place, series) in drawn.enumerated() {
      drawing.path(series.points.map { frame.point($0.step, $0.value) }, "series-\(place % 4)")
    }
    let ends = drawn.map { series in
      let first = Figures.plain(series.points.first?.value ?? 0)
      let last = Figures.plain(series.points.last?.value ?? 0)
      return (drawn.count > 1 ? series.name + " " : "") + "\(first) to \(last)"
    }
    let svg = drawing.svg(
      id: "training-\(index)", title: "\(title) while the run trained",
      description: ends.joined(separator: ". ") + ".")
    let keys = Markup.element(
      "p", ["class": "legend"],
      drawn.enumerated().map { place, series in
        Markup.element(
          "span", [:],
          Markup.element("span", ["class": "key key-series-\(place % 4)"])
            + Markup.escape(series.name))
      }.joined())
    return Figure.html(svg + (drawn.count > 1 ? keys : ""), name: title, facts: ends)
  }

  private static func thinned(
    _ points: [(step: Double, value: Double)]
  ) -> [(step: Double, value: Double)] {
    let size = (points.count + mostPoints - 1) / mostPoints
    guard size > 1 else { return points }
    return stride(from: 0, to: points.count, by: size).map { start in
      let part = points[start..<min(start + size, points.count)]
      let count = Double(part.count)
      return (
        part.reduce(0) { $0 + $1.step } / count, part.reduce(0) { $0 + $1.value } / count
      )
    }
  }
}

/// What a page says around the figures; all of it may be missing.
package struct ReportContext: Sendable {
  /// What was evaluated, such as the run's folder.
  package var title: String?
  /// When, as people write it. It stands on the page only, so that equal runs give equal figures.
  package var date: String?
  /// The resolved configuration of the run.
  package var configuration: String?
  package var training: [TrainingCurve] = []

  package init() {}
}
