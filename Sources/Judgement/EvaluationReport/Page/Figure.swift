/// A picture with its caption.
enum Figure {
  /// - Parameters:
  ///   - name: what the picture is of, set in bold before the facts; may be empty.
  ///   - facts: set apart by dots.
  static func html(_ svg: String, name: String = "", facts: [String]) -> String {
    let bold = name.isEmpty ? "" : Markup.text("b", name) + " "
    return Markup.element(
      "figure", [:],
      svg
        + Markup.element(
          "figcaption", [:], bold + Markup.escape(facts.joined(separator: " · "))))
  }

  /// Pictures beside each other, as many as fit.
  static func grid(_ figures: [String]) -> String {
    Markup.element("div", ["class": "plots"], figures.joined(separator: "\n"))
  }
}
