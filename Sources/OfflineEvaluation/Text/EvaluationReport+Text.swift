extension EvaluationReport {
  /// The report for a terminal: the answers, then a table per view, with a line on every term.
  ///
  /// - Parameters:
  ///   - color: whether to use ANSI emphasis.
  ///   - width: columns to stay within; below 60 counts as 60.
  public func textTable(color: Bool, width: Int) -> String {
    let style = TextStyle(color: color)
    let width = max(width, 60)
    var lines = [style.bold("Evaluation of " + subject), ""]
    for finding in findings { lines += text(of: finding, style, width) }
    if !probes.isEmpty {
      lines += section("Weightings", weightingNote, weightingTable(), style, width)
      for (index, group) in objectiveGroups(width).enumerated() {
        lines += section(
          index == 0 ? "Utilities" : "Utilities, continued",
          index == 0 ? "Raw units, of the generated lists; of the logged lists in brackets." : "",
          utilityTable(group), style, width)
      }
      if world != nil { lines += section("Truth", truthNote, truthTable(), style, width) }
      if !control.lines.isEmpty {
        lines += section("Control", controlNote, controlTable(), style, width)
      }
    }
    for (label, value) in provenance.entries {
      lines.append(style.dim("\(label): \(TextTable.cell(value))"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What was judged, in one line.
  var subject: String {
    let lists = listLength.map { ", lists of \($0)" } ?? ""
    return Figures.count(requests, "request") + " of " + Figures.count(users, "user") + lists
      + ", " + Figures.count(probes.count, "weighting")
  }

  private func text(of finding: Finding, _ style: TextStyle, _ width: Int) -> [String] {
    let details = TextStyle.wrap(
      TextTable.cell("\(finding.figure == "–" ? "" : finding.figure) \(finding.details)"),
      width: width - 2)
    return ["\(style.bold(finding.question)) \(style.tone(finding.answer, finding.tone))"]
      + details.map { "  " + $0 } + [""]
  }

  private func section(
    _ title: String, _ note: String, _ table: TextTable, _ style: TextStyle, _ width: Int
  ) -> [String] {
    [style.bold(title)] + TextStyle.wrap(TextTable.cell(note), width: width).map(style.dim)
      + table.lines(style) + [""]
  }
}
