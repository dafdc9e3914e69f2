/// An SVG picture in the making: shapes by class, so that colours come from the style sheet.
struct Drawing {
  typealias Point = (x: Double, y: Double)

  let width: Double
  let height: Double
  private var shapes: [String] = []

  enum Anchor: String {
    case start, middle, end
  }

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func line(_ from: Point, _ to: Point, _ style: String) {
    shapes.append(
      Markup.element(
        "line",
        [
          "class": style, "x1": pixel(from.x), "y1": pixel(from.y), "x2": pixel(to.x),
          "y2": pixel(to.y),
        ]))
  }

  /// Lines from point to point.
  mutating func path(_ points: [Point], _ style: String) {
    for (from, to) in zip(points, points.dropFirst()) { line(from, to, style) }
  }

  /// A dot with a hover text.
  ///
  /// - Parameter tint: strength of its filling, 0...1.
  mutating func dot(
    _ at: Point, _ style: String, radius: Double = 4, tint: Double = 1, note: String
  ) {
    shapes.append(
      Markup.element(
        "circle",
        [
          "class": style, "cx": pixel(at.x), "cy": pixel(at.y), "r": pixel(radius),
          "fill-opacity": Figures.decimals(tint, 2),
        ], Markup.text("title", note)))
  }

  /// A small dot without a hover text, which lets the pointer through to what lies under it.
  mutating func pin(_ at: Point, _ style: String) {
    shapes.append(
      Markup.element("circle", ["class": style, "cx": pixel(at.x), "cy": pixel(at.y), "r": "1.8"]))
  }

  /// A diamond with a hover text; told from a dot by its shape, not only by its colour.
  mutating func diamond(_ at: Point, _ style: String, note: String) {
    let r = 5.0
    area(
      [(at.x, at.y - r), (at.x + r, at.y), (at.x, at.y + r), (at.x - r, at.y)], style, note: note)
  }

  /// A triangle on its base with a hover text.
  mutating func triangle(_ at: Point, _ style: String, note: String) {
    let r = 5.2
    area(
      [(at.x, at.y - r), (at.x + r, at.y + 0.8 * r), (at.x - r, at.y + 0.8 * r)], style, note: note)
  }

  /// A square with a hover text.
  mutating func square(_ at: Point, _ style: String, note: String) {
    let r = 4.5
    area(
      [(at.x - r, at.y - r), (at.x + r, at.y - r), (at.x + r, at.y + r), (at.x - r, at.y + r)],
      style, note: note)
  }

  /// A filled polygon with a hover text.
  mutating func area(_ corners: [Point], _ style: String, tint: Double = 1, note: String) {
    shapes.append(
      Markup.element(
        "polygon",
        [
          "class": style, "fill-opacity": Figures.decimals(tint, 2),
          "points": corners.map { "\(pixel($0.x)),\(pixel($0.y))" }.joined(separator: " "),
        ], Markup.text("title", note)))
  }

  /// A bar between two ends.
  mutating func bar(
    x: (Double, Double), y: Double, height: Double, _ style: String, tint: Double = 1,
    note: String? = nil
  ) {
    shapes.append(
      Markup.element(
        "rect",
        [
          "class": style, "x": pixel(min(x.0, x.1)), "y": pixel(y),
          "width": pixel(abs(x.1 - x.0)), "height": pixel(height),
          "fill-opacity": Figures.decimals(tint, 2),
        ], note.map { Markup.text("title", $0) } ?? ""))
  }

  /// An interval as a line with short ends.
  mutating func horizontalInterval(_ from: Double, _ to: Double, y: Double, _ style: String) {
    line((from, y), (to, y), style)
    for x in [from, to] { line((x, y - 3), (x, y + 3), style) }
  }

  /// The same upright.
  mutating func verticalInterval(_ from: Double, _ to: Double, x: Double, _ style: String) {
    line((x, from), (x, to), style)
    for y in [from, to] { line((x - 3, y), (x + 3, y), style) }
  }

  mutating func label(
    _ text: String, _ at: Point, _ anchor: Anchor, _ style: String = "tick"
  ) {
    shapes.append(
      Markup.text(
        "text",
        [
          "class": style, "x": pixel(at.x), "y": pixel(at.y), "text-anchor": anchor.rawValue,
        ], text))
  }

  /// The picture. `id` is unique on the page; the description says what a reader would see.
  func svg(id: String, title: String, description: String) -> String {
    let head =
      Markup.text("title", ["id": "\(id)-t"], title)
      + Markup.text("desc", ["id": "\(id)-d"], description)
    return Markup.element(
      "svg",
      [
        "viewBox": "0 0 \(pixel(width)) \(pixel(height))", "role": "img",
        "aria-labelledby": "\(id)-t \(id)-d",
      ], head + shapes.joined(separator: "\n"))
  }

  /// A tenth of a pixel is enough, and keeps the file small.
  private func pixel(_ value: Double) -> String {
    let text = Figures.decimals(value, 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
