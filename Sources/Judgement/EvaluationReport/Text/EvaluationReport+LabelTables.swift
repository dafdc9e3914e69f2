extension EvaluationReport {
  /// The labels' summaries by the name of their feedback kind.
  var labelSummaries: [(kind: String, summary: LabelSummary)] {
    (labels ?? [:]).sorted { $0.key < $1.key }.map { (kind: $0.key, summary: $0.value) }
  }

  /// Two tables for each kind: the order by NDCG with intervals, then the other measures.
  var labelParts: [(title: String, note: String, table: TextTable)] {
    labelSummaries.flatMap { kind, summary in
      var parts: [(title: String, note: String, table: TextTable)] = []
      parts.append(
        (
          "Labels: \(kind)",
          summary.taskNote(kind, level: confidenceLevel) + " " + summary.methodNote,
          summary.orderTable(level: confidenceLevel)
        ))
      parts.append(
        (
          "Labels: \(kind), choice and position",
          "The policy's lead in brackets. " + summary.biasNote(kind), summary.otherTable
        ))
      return parts
    }
  }
}

extension LabelSummary {
  fileprivate func orderTable(level: Double) -> TextTable {
    let interval = "\(Figures.level(level)) interval"
    var table = TextTable([
      ("method", .left), (name(.ndcg), .right), (interval, .right), ("lead", .right),
      (interval, .right),
    ])
    for method in methods {
      let figure = method[.ndcg]
      table.add([
        method.name, figure.map { Figures.share($0.mean) } ?? "–",
        Figures.interval(figure?.low, figure?.high, Figures.share) ?? "–",
        figure?.lead.map(Figures.signedShare) ?? "–",
        Figures.interval(figure?.leadLow, figure?.leadHigh, Figures.signedShare) ?? "–",
      ])
    }
    return table
  }

  fileprivate var otherTable: TextTable {
    let measures = LabelMeasure.allCases.filter { $0 != .ndcg }
    var table = TextTable([("method", .left)] + measures.map { (name($0), .right) })
    for method in methods {
      table.add(
        [method.name]
          + measures.map { measure in
            guard let figure = method[measure] else { return "–" }
            return Figures.share(figure.mean)
              + (figure.lead.map { " (\(Figures.signedShare($0)))" } ?? "")
          })
    }
    return table
  }
}

extension Figures {
  /// Three decimals, whatever the size: `0.412`.
  static func share(_ value: Double) -> String { decimals(value, 3) }

  /// The same with its sign: `−0.031`.
  static func signedShare(_ value: Double) -> String {
    let text = decimals(abs(value), 3)
    return text == "0.000" ? text : (value > 0 ? "+" : "−") + text
  }
}
