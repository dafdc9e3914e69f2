/// A headline, a note on how to read what follows, and the content.
struct PageSection {
  /// Whether two of its kind fit beside each other.
  private var isHalf = false
  let title: String
  let note: String
  let content: String

  /// Nil without figures, so that nothing is announced that is not there.
  init?(_ title: String, note: String, legend: String = "", figures: [String?]) {
    let known = figures.compactMap(\.self)
    guard !known.isEmpty else { return nil }
    self.init(title, note: note, content: legend + Figure.grid(known))
    isHalf = known.count == 1
  }

  init(_ title: String, note: String, content: String) {
    self.title = title
    self.note = note
    self.content = content
  }

  var html: String {
    Markup.element(
      "section", ["class": isHalf ? "half" : "full"],
      Markup.text("h2", title) + Markup.text("p", note) + content)
  }
}
