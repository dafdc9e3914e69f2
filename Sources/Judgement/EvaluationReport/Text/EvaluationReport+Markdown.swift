extension EvaluationReport {
  /// The report in half a page of Markdown, for a README, a model card or a pull request.
  package func markdown() -> String {
    var parts = ["## Evaluation", MarkdownTable.escape(subject) + "."]
    parts.append(findings.map(line).joined(separator: "\n"))
    if let table = mainFigures { parts += ["### Figures", table.text] }
    if !control.lines.isEmpty { parts += ["### By objective", objectiveTable.text] }
    let table = extremeProbes
    if !table.isEmpty { parts += ["### By weighting", table.text] }
    let labels = labelTable
    if !labels.isEmpty { parts.append(labels.text) }
    if !provenance.entries.isEmpty {
      parts.append(
        provenance.entries.map { "\($0.label): \(MarkdownTable.escape($0.value))" }
          .joined(separator: "; "))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func line(_ finding: Finding) -> String {
    let figure = finding.figure.map { " \($0.value) \($0.meaning)." } ?? " " + finding.rule
    return "- **\(finding.question)** \(finding.answer)." + MarkdownTable.escape(figure)
  }

  private var mainFigures: MarkdownTable? {
    guard let better = betterPercentage else { return nil }
    var table = MarkdownTable([
      "", "mean", "\(Figures.level(confidenceLevel)) interval", "least favourable weighting",
    ])
    func add(
      _ label: String, _ mean: Double, _ low: Double?, _ high: Double?, _ least: Double,
      _ format: (Double) -> String
    ) {
      table.add([
        label, format(mean), Figures.interval(low, high, format) ?? "–", format(least),
      ])
    }
    func add(_ label: String, _ average: ProbeAverage, _ format: (Double) -> String) {
      add(label, average.mean, average.low, average.high, average.min, format)
    }
    func add(_ label: String, _ better: BetterSummary) {
      add(label, better.mean, better.low, better.high, better.min, Figures.percent)
    }
    add("better, evaluators", better)
    if let judge { add("better, judge", judge.betterPercentage) }
    if let world { add("better, truth", world.trueBetterPercentage, Figures.percent) }
    if let gain = judge?.predictedGain ?? world?.predictedGain {
      add("gain, evaluators", gain, Figures.signed)
    }
    if let judge { add("gain, judge", judge.gain, Figures.signed) }
    if let boosted { add("gain, boosted judge", boosted.gain, Figures.signed) }
    if let gap = judge?.gap {
      add("gap of the evaluators to the judge", gap.mean, nil, nil, gap.max, Figures.signed)
    }
    if let world { add("gain, truth", world.trueGain, Figures.signed) }
    for (who, figures) in [
      ("evaluators", attainment?.byEvaluators), ("truth", attainment?.byTruth),
      ("truth, by lists that are best for the evaluators", attainment?.ceiling),
    ] {
      guard let figures else { continue }
      add("attained, \(who)", figures.mean, nil, nil, figures.min, Figures.percent)
    }
    return table
  }

  private var objectiveTable: MarkdownTable {
    var table = MarkdownTable(
      ["objective", "Spearman"] + (control.trueSpearman == nil ? [] : ["in truth"])
        + ["range", "at lowest weight", "at highest", "logged"])
    for name in objectives {
      guard let line = control.lines[name], let first = line.first, let last = line.last else {
        continue
      }
      func correlation(_ values: [String: Double?]) -> String {
        (values[name] ?? nil).map(Figures.correlation) ?? "–"
      }
      table.add(
        [name, correlation(control.spearman)]
          + (control.trueSpearman.map { [correlation($0)] } ?? [])
          + [
            control.range[name], first.utility, last.utility, control.logged[name],
          ].map { $0.map(Figures.plain) ?? "–" })
    }
    return table
  }

  /// Single objectives and equal weights.
  private var extremeProbes: MarkdownTable {
    var table = MarkdownTable(
      ["weights", "better"] + (judge == nil ? [] : ["judge"]) + (world == nil ? [] : ["truth"])
        + objectives.map { "\($0) (logged)" })
    for probe in probes {
      guard let name = extremeName(probe) else { continue }
      var cells = [name, Figures.percent(probe.betterPercentage)]
      if judge != nil { cells.append(percent(probe.judge?.betterPercentage)) }
      if world != nil { cells.append(percent(probe.world?.trueBetterPercentage)) }
      cells += objectives.map { objective in
        let values = [probe.utilities[objective], probe.utilitiesLogged[objective]]
        let texts = values.map { $0.map(Figures.plain) ?? "–" }
        return "\(texts[0]) (\(texts[1]))"
      }
      table.add(cells)
    }
    return table
  }

  /// NDCG of what people did, per feedback kind; the policy's lead in brackets.
  private var labelTable: MarkdownTable {
    let kinds = LabelMethod.Kind.allCases.filter { kind in
      labelSummaries.contains { $0.summary.methods.contains { $0.kind == kind } }
    }
    let named = kinds.compactMap { kind in
      labelSummaries.lazy.compactMap { $0.summary.methods.first { $0.kind == kind } }.first?.name
    }
    var table = MarkdownTable(["NDCG of what people did"] + named)
    for (kind, summary) in labelSummaries {
      table.add(
        ["\(kind)@\(summary.depth)"]
          + kinds.map { kind in
            guard let figure = summary.methods.first(where: { $0.kind == kind })?[.ndcg] else {
              return "–"
            }
            return Figures.share(figure.mean)
              + (figure.lead.map { " (\(Figures.signedShare($0)))" } ?? "")
          })
    }
    return table
  }

  private func percent(_ share: Double?) -> String { share.map(Figures.percent) ?? "–" }
}
