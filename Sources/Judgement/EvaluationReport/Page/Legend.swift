/// Keys to the colours and shapes of the pictures.
enum Legend {
  /// What the marks mean, in order.
  static func marks(_ entries: [(style: String, meaning: String)]) -> String {
    Markup.element(
      "p", ["class": "legend"],
      entries.map { style, meaning in
        Markup.element(
          "span", [:], Markup.element("i", ["class": "key key-\(style)"]) + Markup.escape(meaning))
      }.joined())
  }

  /// The colours of the weight strips.
  static func weights(_ objectives: [String]) -> String {
    marks(objectives.enumerated().map { ("weight-\($0.offset % 8)", $0.element) })
  }
}
