extension EvaluationReport {
  /// The report as one HTML file that needs nothing else: styles and pictures are inside.
  ///
  /// - Parameter context: what the page says around the figures.
  package func html(context: ReportContext = ReportContext()) -> String {
    let title = context.title.map { "Evaluation of \($0)" } ?? "Evaluation"
    let head = [
      "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      Markup.text("title", "\(title): \(subject)"),
      Markup.element("style", [:], StyleSheet.css),
    ]
    let body =
      Markup.element(
        "header", [:],
        Markup.text("h1", title)
          + Markup.text(
            "p", ["class": "lead"], (context.date.map { "\($0). " } ?? "") + subject + "."))
      + Markup.element("main", [:], mainParts(context).joined(separator: "\n"))
      + footer
    return "<!DOCTYPE html>\n"
      + Markup.element(
        "html", ["lang": "en"],
        Markup.element("head", [:], head.joined(separator: "\n")) + "\n"
          + Markup.element("body", [:], body)) + "\n"
  }

  private func mainParts(_ context: ReportContext) -> [String] {
    let findings = self.findings
    // Four cards go in pairs, three in a row.
    let cards = Markup.element(
      "div", ["class": findings.count == 4 ? "cards two" : "cards"],
      findings.map(card).joined(separator: "\n"))
    let changes = probes.isEmpty ? [] : changeSections
    let sections = probes.isEmpty ? [] : betterSections + steerableSections
    return changes.map(\.html) + [cards]
      + (sections + segmentSections + labelSections + honestSections + detailSections
      + context.sections).map(\.html)
  }

  private func card(_ finding: Finding) -> String {
    let figure = finding.figure.map {
      Markup.text("p", ["class": "figure"], $0.value)
        + Markup.text("p", ["class": "meaning"], $0.meaning)
    }
    let facts = finding.facts.map { Markup.text("dt", $0.label) + Markup.text("dd", $0.value) }
    return Markup.element(
      "section", ["class": "card \(finding.tone.rawValue)"],
      Markup.text("h2", finding.question)
        + Markup.text("p", ["class": "answer"], finding.answer) + (figure ?? "")
        + (facts.isEmpty ? "" : Markup.element("dl", [:], facts.joined(separator: "\n")))
        + Markup.text("p", ["class": "rule"], finding.rule))
  }

  private var footer: String {
    let scaleText = zip(objectives, scales).map { "\($0) \(Figures.plain($1))" }
    let entries =
      provenance.entries + [
        ("scales", scaleText.joined(separator: ", ")),
        (
          "intervals",
          "\(Figures.level(confidenceLevel)), percentile bootstrap over users, "
            + "\(Figures.count(bootstrapSamples, "draw"))"
        ),
      ]
    return Markup.element(
      "footer", [:],
      Markup.text("h2", "Where this comes from")
        + Markup.element(
          "dl", [:],
          entries.map { Markup.text("dt", $0.label) + Markup.text("dd", $0.value) }
            .joined(separator: "\n")))
  }
}
