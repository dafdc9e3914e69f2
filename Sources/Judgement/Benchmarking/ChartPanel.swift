/// Points of one kind, in the colour of `style`, joined by a line.
package struct ChartSeries: Sendable {
  /// Place of the series' name and colour in the chart.
  package var style: Int
  /// One short line below the panel's title.
  package var note: String
  package var points: [(x: Double, y: Double)]
  /// A curve to draw instead of the line through the points.
  package var curve: [(x: Double, y: Double)]?

  package init(
    style: Int, note: String, points: [(x: Double, y: Double)],
    curve: [(x: Double, y: Double)]? = nil
  ) {
    self.style = style
    self.note = note
    self.points = points
    self.curve = curve
  }
}

/// One small diagram; axis labels carry the units.
package struct ChartPanel: Sendable {
  package var title: String
  package var xLabel: String
  package var yLabel: String
  package var series: [ChartSeries]

  package init(
    title: String, xLabel: String, yLabel: String, series: [ChartSeries]
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
  }
}
