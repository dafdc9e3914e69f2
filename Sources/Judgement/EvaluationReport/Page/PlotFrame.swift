/// The rectangle of an x-y plot: its scales, grid, ticks and axis titles.
struct PlotFrame {
  static let width = 380.0
  static let height = 262.0
  private static let left = 52.0
  private static let right = 368.0
  private static let top = 28.0
  private static let bottom = 220.0

  let x: LinearScale
  let y: LinearScale

  init(x: [Double], y: [Double]) {
    self.x = LinearScale(covering: x, pixels: (PlotFrame.left, PlotFrame.right), count: 5)
    self.y = LinearScale(covering: y, pixels: (PlotFrame.bottom, PlotFrame.top), count: 4)
  }

  /// A drawing with the axes in place.
  func drawing(xTitle: String, yTitle: String) -> Drawing {
    var drawing = Drawing(width: PlotFrame.width, height: PlotFrame.height)
    for tick in y.ticks {
      drawing.line((PlotFrame.left, y(tick)), (PlotFrame.right, y(tick)), "grid")
      drawing.label(y.label(tick), (PlotFrame.left - 7, y(tick) + 4), .end)
    }
    for tick in x.ticks {
      drawing.line((x(tick), PlotFrame.bottom), (x(tick), PlotFrame.bottom + 4), "axis")
      drawing.label(x.label(tick), (x(tick), PlotFrame.bottom + 18), .middle)
    }
    drawing.line((PlotFrame.left, PlotFrame.bottom), (PlotFrame.right, PlotFrame.bottom), "axis")
    drawing.label(
      PlotFrame.title(xTitle), ((PlotFrame.left + PlotFrame.right) / 2, PlotFrame.height - 6),
      .middle,
      "axis-title")
    // Above the plot, where no point can lie under it.
    drawing.label(PlotFrame.title(yTitle), (8, PlotFrame.top - 13), .start, "axis-title")
    return drawing
  }

  /// Names come from configuration files and may be longer than an axis.
  private static func title(_ text: String) -> String { Figures.shortened(text, to: 42) }

  func point(_ xValue: Double, _ yValue: Double) -> (x: Double, y: Double) {
    (x(xValue), y(yValue))
  }
}
