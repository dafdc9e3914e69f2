/// A picture with one row per weighting: its number, its weights as a strip of colours, and room
/// for marks along a common scale.
struct RowFrame {
  static let width = 380.0
  static let rowHeight = 22.0
  private static let top = 8.0
  private static let stripLeft = 26.0
  private static let stripRight = 96.0
  private static let left = 112.0
  private static let right = 362.0

  let x: LinearScale
  let rows: Int
  private var bottom: Double { RowFrame.top + Double(rows) * RowFrame.rowHeight }

  init(rows: Int, x values: [Double]) {
    self.rows = rows
    x = LinearScale(covering: values, pixels: (RowFrame.left, RowFrame.right), count: 5)
  }

  /// The middle of a row.
  func y(_ row: Int) -> Double { RowFrame.top + (Double(row) + 0.5) * RowFrame.rowHeight }

  /// A drawing with grid, ticks, row numbers and strips in place.
  ///
  /// - Parameter weights: [rows, k], each row summing to 1.
  func drawing(weights: [[Double]], names: [String], xTitle: String) -> Drawing {
    var drawing = Drawing(width: RowFrame.width, height: bottom + 40)
    for tick in x.ticks {
      drawing.line((x(tick), RowFrame.top), (x(tick), bottom), "grid")
      drawing.label(x.label(tick), (x(tick), bottom + 17), .middle)
    }
    drawing.line((RowFrame.left, bottom), (RowFrame.right, bottom), "axis")
    drawing.label(
      xTitle, ((RowFrame.left + RowFrame.right) / 2, bottom + 35), .middle, "axis-title")
    for (row, shares) in weights.enumerated() {
      drawing.label("\(row + 1)", (RowFrame.stripLeft - 7, y(row) + 4), .end)
      var start = RowFrame.stripLeft
      for (objective, share) in shares.enumerated() where share > 0 {
        let end = start + share * (RowFrame.stripRight - RowFrame.stripLeft)
        drawing.bar(
          x: (start, end), y: y(row) - 5, height: 10, "weight-\(objective % 8)",
          note: "\(names[objective]): \(Figures.decimals(share, 2))")
        start = end
      }
    }
    return drawing
  }
}
