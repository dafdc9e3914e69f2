extension EvaluationReport {
  /// What the real feedback says of the policy's order and choice, a section for each kind.
  var labelSections: [PageSection] {
    labelSummaries.map { kind, summary in
      PageSection(
        "Does it agree with what people did? (\(kind))",
        note: summary.taskNote(kind, level: confidenceLevel),
        content: summary.table(
          [.ndcg, .map], label: "Order by labels, \(kind)", note: summary.methodNote)
          + summary.table(
            [.chosen], label: "Choice by labels, \(kind)",
            note: "Mean \(kind) of the half of the items that was chosen.")
          + summary.table(
            summary.slotRates == nil ? [] : [.correctedNDCG, .correctedChosen],
            label: "Labels corrected for position, \(kind)", note: summary.biasNote(kind)))
    }
  }
}

extension LabelSummary {
  /// A row per method, two columns per measure; the note alone when there are no measures.
  fileprivate func table(_ measures: [LabelMeasure], label: String, note: String) -> String {
    if measures.isEmpty { return Markup.text("p", ["class": "note"], note) }
    let rows = methods.map { method in
      [method.name]
        + measures.flatMap { measure in
          guard let figure = method[measure] else { return ["–", "–"] }
          return [
            text(figure.mean, figure.low, figure.high, Figures.share),
            figure.lead.map { text($0, figure.leadLow, figure.leadHigh, Figures.signedShare) }
              ?? "–",
          ]
        }
    }
    return DataTable(
      label: label, note: note,
      head: [
        [("", 1)] + measures.map { (name($0), 2) },
        [("method", 1)] + measures.flatMap { _ in [("mean", 1), ("policy's lead", 1)] },
      ], rows: rows
    ).html()
  }

  private func text(
    _ value: Double, _ low: Double?, _ high: Double?, _ format: (Double) -> String
  ) -> String {
    format(value) + (Figures.interval(low, high, format).map { " (\($0))" } ?? "")
  }
}
