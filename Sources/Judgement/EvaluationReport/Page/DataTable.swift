/// A table that scrolls sideways when narrow; the first cell of a row names it.
struct DataTable {
  /// For readers who cannot see it.
  let label: String
  let note: String
  /// Lines of the head: texts and how many columns each spans.
  let head: [[(text: String, span: Int)]]
  let rows: [[String]]
  /// `words` where the first two columns are names.
  var style = "numbers"

  func html() -> String {
    let headers = head.map { line in
      line.map { cell in
        cell.span == 1
          ? Markup.text("th", ["scope": "col"], cell.text)
          : Markup.text("th", ["scope": "colgroup", "colspan": "\(cell.span)"], cell.text)
      }.joined()
    }
    let body = rows.map { row in
      row.prefix(1).map { Markup.text("th", ["scope": "row"], $0) }.joined()
        + row.dropFirst().map { Markup.text("td", $0) }.joined()
    }
    func lines(_ rows: [String]) -> String {
      rows.map { Markup.element("tr", [:], $0) }.joined(separator: "\n")
    }
    let table = Markup.element(
      "table", ["class": style],
      Markup.element("thead", [:], lines(headers))
        + Markup.element("tbody", [:], lines(body)))
    // Not a caption element: that would be as wide as the table and scroll away with it.
    return Markup.text("p", ["class": "note"], note)
      + Markup.element(
        "div", ["class": "scroll", "role": "region", "aria-label": label, "tabindex": "0"], table)
  }
}
