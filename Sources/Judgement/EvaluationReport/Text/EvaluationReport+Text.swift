extension EvaluationReport {
  /// The report for a terminal: the answers, then a table per view, with a line on every term.
  ///
  /// - Parameters:
  ///   - color: whether to use ANSI emphasis.
  ///   - width: columns to stay within; below 60 counts as 60.
  package func textTable(color: Bool, width: Int) -> String {
    let style = TextStyle(color: color)
    let width = max(width, 60)
    var lines = [style.bold("Evaluation of " + subject), ""]
    func add(_ part: (title: String, note: String, table: TextTable)) {
      lines += [style.bold(part.title)]
      lines += TextStyle.wrap(TextTable.cell(part.note), width: width).map(style.dim)
      lines += part.table.lines(style) + [""]
    }
    changeParts(width).forEach(add)
    for finding in findings { lines += text(of: finding, style, width) }
    textParts(width).forEach(add)
    for (label, value) in provenance.entries {
      lines.append(style.dim("\(label): \(TextTable.cell(value))"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What was evaluated, in one line.
  var subject: String {
    let lists = listLength.map { ", lists of \($0)" } ?? ""
    return Figures.count(requests, "request") + " of " + Figures.count(users, "user") + lists
      + ", " + Figures.count(probes.count, "weighting")
  }

  private func text(of finding: Finding, _ style: TextStyle, _ width: Int) -> [String] {
    var details: [String] = []
    if let figure = finding.figure { details.append("\(figure.value) \(figure.meaning).") }
    if !finding.facts.isEmpty {
      details.append(finding.facts.map { "\($0.label) \($0.value)" }.joined(separator: "; ") + ".")
    }
    let wrapped = details.flatMap { TextStyle.wrap(TextTable.cell($0), width: width - 2) }
    let rule = TextStyle.wrap(TextTable.cell(finding.rule), width: width - 2)
    return ["\(style.bold(finding.question)) \(style.tone(finding.answer, finding.tone))"]
      + wrapped.map { "  " + $0 } + rule.map { "  " + style.dim($0) } + [""]
  }

  private func textParts(_ width: Int) -> [(title: String, note: String, table: TextTable)] {
    var parts: [(title: String, note: String, table: TextTable)] = []
    if !probes.isEmpty {
      parts.append(("Weightings", weightingNote, weightingTable()))
      for (index, group) in objectiveGroups(width).enumerated() {
        parts.append(
          (
            index == 0 ? "Utilities" : "Utilities, continued",
            index == 0 ? "Raw units, of the generated lists; of the logged lists in brackets." : "",
            utilityTable(group)
          ))
      }
      if judge != nil || world != nil || attainment != nil {
        parts.append(("Gains", gainNote, gainTable()))
      }
    }
    if !control.lines.isEmpty { parts.append(("Control", controlNote, controlTable())) }
    if !orderedTradeOffs.isEmpty {
      parts.append(("Two faders half up", tradeOffNote, tradeOffTable()))
    }
    if let segments, !segments.isEmpty {
      parts.append(
        (
          "Groups of users",
          "Means over all weightings. Better: % of requests; gain: reward units.",
          segmentTable(segments)
        ))
    }
    if let fidelity, !fidelity.points.isEmpty {
      parts.append(("Control fidelity", fidelityNote(fidelity), fidelityTable(fidelity)))
    }
    parts += labelParts
    let graded = gradedEvaluators
    if !graded.isEmpty { parts.append(("Evaluators", evaluatorNote, evaluatorTable(graded))) }
    if let boosted {
      parts.append(("Boosted judge", boostedNote(boosted), boostedTable(boosted)))
    }
    if let classic {
      parts.append(("Classical measures", classicNote(classic), classicTable(classic)))
    }
    return parts
  }
}
