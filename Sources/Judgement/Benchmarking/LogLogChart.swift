/// Small diagrams side by side with logarithmic axes, as SVG that follows the viewer's light or
/// dark scheme.
package struct LogLogChart: Sendable {
  package var title: String
  /// Names of the series, by style; at most two.
  package var names: [String]
  package var panels: [ChartPanel]
  package var columns: Int

  private static let (width, height) = (290.0, 264.0)
  private static let (left, right, top, bottom) = (58.0, 14.0, 62.0, 44.0)
  private static let header = 64.0

  package init(title: String, names: [String], panels: [ChartPanel], columns: Int) {
    self.title = title
    self.names = names
    self.panels = panels
    self.columns = columns
  }

  package func svg() -> String {
    let rows = (panels.count + columns - 1) / columns
    let width = Int(Self.width) * columns
    let height = Int(Self.header + Self.height * Double(rows) + 10)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" font-family="system-ui, sans-serif">
      <style>
      :root { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #d8dee4; }
      @media (prefers-color-scheme: dark) {
        :root { --paper: #0d1117; --ink: #e6edf3; --soft: #9198a1; --grid: #30363d; } }
      .s0 { --line: #2f7de1; } .s1 { --line: #d9730d; }
      text { fill: var(--ink); font-size: 11px; } .soft { fill: var(--soft); }
      .note { fill: var(--line); }
      .grid { stroke: var(--grid); } circle { fill: var(--line); }
      polyline { fill: none; stroke: var(--line); stroke-width: 1.6; }
      </style>
      <rect width="100%" height="100%" style="fill: var(--paper)"/>
      <text x="16" y="26" style="font-size: 15px; font-weight: 600">\(title.escaped)</text>

      """
    for (style, name) in names.enumerated() {
      let x = 20 + 200 * style
      svg += "<g class=\"s\(style)\"><circle cx=\"\(x)\" cy=\"44\" r=\"4\"/></g>"
      svg += "<text x=\"\(x + 10)\" y=\"48\">\(name.escaped)</text>\n"
    }
    for (index, panel) in panels.enumerated() {
      let x = Self.width * Double(index % columns)
      let y = Self.header + Self.height * Double(index / columns)
      svg += "<g transform=\"translate(\(x.short) \(y.short))\">\n\(draw(panel))</g>\n"
    }
    return svg + "</svg>\n"
  }

  private func draw(_ panel: ChartPanel) -> String {
    let all = panel.series.flatMap { $0.points + ($0.curve ?? []) }
    guard let x = axis(all.map(\.x), labelled: true), let y = axis(all.map(\.y)) else { return "" }
    let right = Self.width - Self.right
    let base = Self.height - Self.bottom
    func across(_ value: Double) -> String {
      (Self.left + x.place(of: value) * (right - Self.left)).short
    }
    func down(_ value: Double) -> String {
      (base - y.place(of: value) * (base - Self.top)).short
    }
    var svg = "<text x=\"16\" y=\"20\" font-weight=\"600\">\(panel.title.escaped)</text>\n"
    for (row, series) in panel.series.enumerated() {
      svg += "<text class=\"note s\(series.style)\" x=\"16\" y=\"\(35 + 14 * row)\">"
      svg += "\(series.note.escaped)</text>\n"
    }
    for tick in y.ticks {
      svg += "<path class=\"grid\" d=\"M\(Self.left.short) \(down(tick))H\(right.short)\"/>"
      svg += "<text class=\"soft\" text-anchor=\"end\" dominant-baseline=\"middle\""
      svg += " x=\"\((Self.left - 6).short)\" y=\"\(down(tick))\">\(tick.short)</text>\n"
    }
    for tick in x.ticks {
      svg += "<path class=\"grid\" d=\"M\(across(tick)) \(Self.top.short)V\(base.short)\"/>"
      svg += "<text class=\"soft\" text-anchor=\"middle\""
      svg += " x=\"\(across(tick))\" y=\"\((base + 15).short)\">\(tick.short)</text>\n"
    }
    let middle = (Self.top + base) / 2
    svg += "<text text-anchor=\"middle\" x=\"\(((Self.left + right) / 2).short)\""
    svg += " y=\"\((base + 33).short)\">\(panel.xLabel.escaped)</text>\n"
    svg += "<text text-anchor=\"middle\" transform=\"translate(16 \(middle.short)) rotate(-90)\">"
    svg += "\(panel.yLabel.escaped)</text>\n"
    for series in panel.series {
      let line = (series.curve ?? series.points).sorted { $0.x < $1.x }
      let path = line.map { "\(across($0.x)),\(down($0.y))" }.joined(separator: " ")
      svg += "<g class=\"s\(series.style)\"><polyline points=\"\(path)\"/>"
      for point in series.points {
        svg += "<circle cx=\"\(across(point.x))\" cy=\"\(down(point.y))\" r=\"3\"/>"
      }
      svg += "</g>\n"
    }
    return svg
  }

  /// A little wider than the values, so that no point sits on the frame; nil without values.
  private func axis(_ values: [Double], labelled: Bool = false) -> LogAxis? {
    guard let low = values.min(), let high = values.max(), low > 0 else { return nil }
    return LogAxis(low * 0.85...high * 1.18, values: labelled ? values : [])
  }
}

extension String {
  fileprivate var escaped: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

extension Double {
  /// At most four digits after the point, without needless zeros.
  fileprivate var short: String {
    let text = "\((self * 10_000).rounded() / 10_000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
