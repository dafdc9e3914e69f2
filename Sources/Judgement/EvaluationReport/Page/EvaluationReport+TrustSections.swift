extension EvaluationReport {
  /// Promise against judge and truth, and calibration.
  var honestSections: [PageSection] {
    let graded = gradedEvaluators
    let curves = graded.enumerated().compactMap { index, graded in
      ReliabilityChart(
        who: graded.who, head: graded.head, index: index, summary: graded.figures
      ).figure()
    }
    let promise =
      probes.isEmpty
      ? nil
      : PageSection(
        "Is the promised gain there?",
        note: "One mark per weighting: the gain over the logged lists that the evaluators predict, "
          + "against what others see of it. On the dashed diagonal the promise is kept; below it "
          + "the generator has found what its evaluators overrate.",
        legend: Legend.marks(marks(own: nil, judge: "by the judge", truth: "in truth")),
        figures: [PromiseChart(report: self).figure()])
    let calibration =
      graded.isEmpty
      ? nil
      : PageSection(
        "Do the predictions mean what they say?",
        note: "Held-out predictions in groups of equal size. On the dashed diagonal, of all slots "
          + "that were promised 10% just 10% got the feedback.",
        content: (curves.isEmpty ? "" : Figure.grid(curves)) + EvaluatorTable(report: self).html())
    return [promise, calibration, boosted.map(boostedSection)].compactMap(\.self)
  }

  private func boostedSection(_ boosted: BoostedSummary) -> PageSection {
    PageSection(
      "What does a judge of another kind say?", note: boostedNote(boosted),
      content: DataTable(
        label: "Boosted judge", note: "Held-out loss per slot, by who predicts.",
        head: [["feedback", "boosted", "judge", "evaluators", "mean"].map { ($0, 1) }],
        rows: boostedRows(boosted)
      ).html())
  }

  /// Single requests and the table of everything.
  var detailSections: [PageSection] {
    let groups = [("Most gained", examples?.best ?? []), ("Least gained", examples?.worst ?? [])]
    let folded = groups.filter { !$0.1.isEmpty }.map { title, examples in
      Markup.text("h3", title)
        + examples.map { ExampleLists(example: $0, objectives: objectives).html() }.joined()
    }
    let lists = PageSection(
      "What do the lists look like?",
      note: "Single requests, item by item, with the expected feedback; open one. The last column "
        + "tells an item's place in the other list, and whether generating moved it up or down. "
        + "Chosen by gain, so both ends are extremes.",
      content: folded.joined())
    let classical = classic.map { classic in
      PageSection(
        "Classical measures", note: classicNote(classic),
        content: DataTable(
          label: "Classical measures", note: "Means over the requests.",
          head: [[("measure", 1), ("generated", 1), ("logged", 1)]], rows: classicRows(classic)
        ).html())
    }
    let all = PageSection(
      "All weightings",
      note: "Every figure of the pictures above, as the evaluators predict it unless it says who.",
      content: WeightingTable(report: self).html())
    return (folded.isEmpty ? [] : [lists]) + [classical].compactMap(\.self)
      + (probes.isEmpty ? [] : [all])
  }
}
