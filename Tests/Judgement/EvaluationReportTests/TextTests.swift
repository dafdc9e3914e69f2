import EvaluationReport
import FoundationEssentials
import Testing

@Suite struct TextTests {
  @Test(arguments: [80, 100, 140], PageTests.variants)
  func theTableFitsItsWidth(width: Int, options: SampleOptions) {
    let text = sampleReport(options).textTable(color: false, width: width)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    #expect(text.contains("Is it better?") && !text.contains("\u{1b}"))
  }

  @Test func judgeAttainmentAndFidelityHaveTheirLines() {
    let full = sampleReport().textTable(color: false, width: 80)
    let bare = sampleReport(SampleOptions(judge: false, truth: false, extras: false))
      .textTable(color: false, width: 80)
    for line in ["judge %", "attained %", "Control fidelity", "gap to the judge", "ECE %"] {
      #expect(full.contains(line) && !bare.contains(line), "\(line)")
    }
  }

  @Test func twoFadersHalfUpHaveTheirRows() throws {
    let report = sampleReport()
    let text = report.textTable(color: false, width: 80)
    let rows = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(rows.contains("click cold evaluators 90.0 30.0 2.000 0.500 yes"))
    #expect(rows.contains("click cold truth 80.0 20.0 2.000 0.500 yes"))
    let page = report.html()
    #expect(page.contains("What do two faders keep half up?") && page.contains(">80.0</td>"))
    try report.check([Requirement("trade_offs.click/cold.by_evaluators.second.kept>=0.3")])
    #expect(throws: RequirementError.self) {
      try report.check([Requirement("trade_offs.click/cold.by_truth.second.kept>=0.3")])
    }
  }

  @Test func theBoostedJudgeStandsWithTheLossesThatSayWhoseWordCounts() {
    let report = sampleReport()
    let text = report.textTable(color: false, width: 100).replacing("\n", with: " ")
    for words in ["Boosted judge", "1,234 sessions", "+0.210", "81.0%", "0.4321"] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(report.markdown().contains("| gain, boosted judge | +0.210"))
    #expect(report.html().contains("What does a judge of another kind say?"))
  }

  @Test func labelsHaveTheirTablesAndSayWhatPositionDoes() {
    let report = sampleReport()
    let text = report.textTable(color: false, width: 100).replacing("\n", with: " ")
    for words in [
      "Labels: click", "Labels: purchase", "logged order", "linear model", "counts 1 / p_t",
      "the logged order is favoured", "90 more are left out",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(report.markdown().contains("| click@5 | 0.600 |"))
    let page = report.html()
    #expect(page.contains("Does it agree with what people did? (click)"))
  }

  @Test func withoutTrainingSessionsTheMissingModelIsNamed() throws {
    var report = sampleReport()
    report.labels?["click"] = LabelSummary(
      objective: "click", sessions: 1, orderedSessions: 1, users: 1, shown: 2, depth: 5,
      slotRates: nil, trainingSessions: 0,
      methods: [LabelMethod(kind: .policy, measures: [.ndcg: LabelFigure(mean: 1)])])
    let text = report.textTable(color: false, width: 100).replacing("\n", with: " ")
    #expect(text.contains("no linear model stands beside the policy"))
    #expect(text.contains("The first place never got click feedback"))
  }

  @Test func namesCannotSteerTheTerminal() {
    let report = sampleReport(SampleOptions(objectives: ["a\u{1b}[31m", "b\nc"]))
    #expect(!report.textTable(color: false, width: 80).contains("\u{1b}"))
    #expect(!report.markdown().contains("\u{1b}") && !report.markdown().contains("b\nc"))
  }

  @Test(arguments: PageTests.variants) func markdownIsHalfAPageOfSoundTables(options: SampleOptions)
  {
    let lines = sampleReport(options).markdown().split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 50)
    for (line, next) in zip(lines, lines.dropFirst())
    where line.hasPrefix("|") && next.hasPrefix("|") {
      #expect(cells(line) == cells(next), "\(line) over \(next)")
    }
  }

  @Test func markdownShowsSingleObjectivesAndEqualWeights() {
    let text = sampleReport(SampleOptions(objectives: ["click", "cold", "shops"])).markdown()
    for name in ["only click", "only cold", "only shops", "equal"] {
      #expect(text.components(separatedBy: "| \(name) |").count == 2)
    }
  }

  @Test func markdownNamesAreEscaped() {
    let text = sampleReport(SampleOptions(objectives: ["a|b", "<i>*c*"])).markdown()
    #expect(text.contains("a\\|b") && text.contains("&lt;i&gt;\\*c\\*") && !text.contains("<i>"))
  }

  /// Bars that part cells; escaped ones do not.
  private func cells(_ line: Substring) -> Int {
    line.replacing("\\|", with: "").count { $0 == "|" }
  }
}
