extension EvaluationReport {
  /// What changes, in percent, before any other figure.
  var changeSections: [PageSection] {
    let changes = UtilityChanges(report: self)
    let rows = changes.rows
    guard !rows.isEmpty else { return [] }
    let table = DataTable(
      label: "What changes", note: changes.note,
      head: [[("weight on", 1)] + objectives.map { ($0, 1) }],
      rows: rows.map { [$0.name] + $0.cells })
    return [
      PageSection(
        "What changes?",
        note:
          "A row is a weighting that a preset could have: all weight on one objective, or equal weights.",
        content: table.html())
    ]
  }

  /// Whether the gain reaches all kinds of users.
  var segmentSections: [PageSection] {
    guard let segments, !segments.isEmpty else { return [] }
    let views = UserSegment.viewpoints(of: segments)
    let table = DataTable(
      label: "Groups of users",
      note: "Better: share of requests whose new list is better, in %. Gain in reward units.",
      head: [
        [("", 4)] + views.map { ($0.name, 2) },
        ["feature", "value", "users", "requests"].map { ($0, 1) }
          + views.flatMap { _ in [("better %", 1), ("gain", 1)] },
      ],
      rows: segments.map { segment in
        [
          segment.feature, segment.value, Figures.count(segment.users),
          Figures.count(segment.requests),
        ] + segment.cells(views)
      }, style: "words")
    return [
      PageSection(
        "Is it better for everybody?",
        note:
          "Held-out users by their features, means over all weightings. Groups of fewer than five users are "
          + "left out.", content: table.html())
    ]
  }
}

extension ReportContext {
  /// How the run trained, and with which configuration.
  var sections: [PageSection] {
    let curves = PageSection(
      "How did it train?",
      note:
        "What the run measured on held-out sessions while it trained. The generator's steps begin "
        + "after the evaluators and the judge were frozen.",
      figures: training.enumerated().map { $1.figure(index: $0) })
    let configured = configuration.map { text in
      PageSection(
        "With which configuration?", note: "Every key, as the run resolved it.",
        content: Markup.element(
          "details", [:],
          Markup.text("summary", "config.yaml") + Markup.text("pre", ["tabindex": "0"], text)))
    }
    return [curves, configured].compactMap(\.self)
  }
}
