extension EvaluationReport {
  /// The report as one HTML file that needs nothing else: styles and pictures are inside.
  public func html() -> String {
    let head = [
      "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      Markup.text("title", "Evaluation: \(subject)"),
      Markup.element("style", [:], StyleSheet.css),
    ]
    let body =
      Markup.element(
        "header", [:],
        Markup.text("h1", "Evaluation") + Markup.text("p", ["class": "lead"], subject + "."))
      + Markup.element("main", [:], mainSections.joined(separator: "\n"))
      + footer
    return "<!DOCTYPE html>\n"
      + Markup.element(
        "html", ["lang": "en"],
        Markup.element("head", [:], head.joined(separator: "\n")) + "\n"
          + Markup.element("body", [:], body)) + "\n"
  }

  private var mainSections: [String] {
    var sections = [
      Markup.element("div", ["class": "cards"], findings.map(card).joined(separator: "\n"))
    ]
    guard !probes.isEmpty else { return sections }
    let charts = objectives.indices.compactMap {
      ControlChart(report: self, objective: $0).figure()
    }
    if !charts.isEmpty { sections.append(controlSection(charts)) }
    sections.append(weightingSection)
    let reliability = (evaluator?.heads ?? [:]).sorted { $0.key < $1.key }.enumerated()
      .compactMap { index, head in
        ReliabilityChart(head: head.key, index: index, summary: head.value).figure()
      }
    if !reliability.isEmpty {
      sections.append(
        section(
          "Do the evaluator's probabilities mean what they say?",
          "Held-out predictions in groups of equal size. On the dashed diagonal, of all slots that "
            + "were promised 10% just 10% were clicked.",
          Markup.element("div", ["class": "plots"], reliability.joined(separator: "\n"))))
    }
    return sections
  }

  private func controlSection(_ charts: [String]) -> String {
    var marks = [
      ("generated", "generated lists"), ("logged", "logged lists"), ("fit", "linear fit"),
    ]
    if world != nil { marks.insert(("truth", "truth"), at: 1) }
    return section(
      "Does a weight move its utility?",
      "Each picture follows one objective along its own line of weightings, in raw units. A point is "
        + "a mean over all requests.",
      Legend.marks(marks)
        + Markup.element("div", ["class": "plots"], charts.joined(separator: "\n")))
  }

  private var weightingSection: String {
    let figures = [BetterChart(report: self).figure(), GainChart(report: self).figure()]
    return section(
      "Weighting by weighting",
      "A row is one weighting of the objectives, its strip shows the shares. Reward is the sum of "
        + "weight × utility / scale; gain is how much of it the generated list has over the logged "
        + "one; better counts the requests where there is any.",
      Legend.weights(objectives)
        + Markup.element(
          "div", ["class": "plots"], figures.compactMap { $0 }.joined(separator: "\n"))
        + WeightingTable(report: self).html())
  }

  private func section(_ title: String, _ note: String, _ content: String) -> String {
    Markup.element(
      "section", [:], Markup.text("h2", title) + Markup.text("p", note) + content)
  }

  private func card(_ finding: Finding) -> String {
    Markup.element(
      "section", ["class": "card \(finding.tone.rawValue)"],
      Markup.text("h2", finding.question)
        + Markup.text("p", ["class": "answer"], finding.answer)
        + (finding.figure == "–" ? "" : Markup.text("p", ["class": "figure"], finding.figure))
        + Markup.text("p", finding.details))
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
