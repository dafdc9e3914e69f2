/// A table whose rows become blocks of labelled lines on a narrow page; the first cell of a row names it.
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
          ? Markup.text("th", ["scope": "col", "role": "columnheader"], cell.text)
          : Markup.text(
            "th", ["scope": "colgroup", "colspan": "\(cell.span)", "role": "columnheader"],
            cell.text)
      }.joined()
    }
    let labels = columnLabels
    let body = rows.map { row in
      row.enumerated().map { column, text in
        let label = labels.indices.contains(column) ? labels[column] : ""
        return column == 0
          ? Markup.text("th", ["scope": "row", "role": "rowheader", "data-label": label], text)
          : Markup.text("td", ["role": "cell", "data-label": label], text)
      }.joined()
    }
    func lines(_ rows: [String]) -> String {
      rows.map { Markup.element("tr", ["role": "row"], $0) }.joined(separator: "\n")
    }
    // The roles are those that the elements have anyway; they keep them where a narrow page lays
    // rows out as blocks.
    let table = Markup.element(
      "table", ["class": style, "role": "table"],
      Markup.element("thead", ["role": "rowgroup"], lines(headers))
        + Markup.element("tbody", ["role": "rowgroup"], lines(body)))
    // Not a caption element: that would be as wide as the table and scroll away with it.
    return Markup.text("p", ["class": "note"], note)
      + Markup.element(
        "div", ["class": "scroll", "role": "region", "aria-label": label, "tabindex": "0"], table)
  }

  /// A column's texts in the head, the group's before its own.
  private var columnLabels: [String] {
    let lines = head.map { line in
      line.flatMap { cell in [String](repeating: cell.text, count: cell.span) }
    }
    return (lines.last ?? []).indices.map { column in
      lines.compactMap { $0.indices.contains(column) ? $0[column] : nil }
        .filter { !$0.isEmpty }.joined(separator: ", ")
    }
  }
}
