import EvaluationReport
import Foundation
import Testing

@Suite struct ChangeTests {
  private func report(kinds: [String: UtilityKind]? = nil, segments: [UserSegment]? = nil)
    -> EvaluationReport
  {
    var report = sampleReport()
    report.kinds = kinds
    report.segments = segments
    return report
  }

  @Test func amountsChangeInPercentAndSharesFromOnePercentageToAnother() throws {
    let text = report(kinds: ["click": .amount, "cold": .share]).textTable(color: false, width: 100)
    let rows = text.split(separator: "\n").drop { !$0.hasPrefix("What changes") }
    let only = try #require(rows.first { $0.contains("only click") })
    #expect(only.contains("% ("), "an amount has its change in percent before its span: \(only)")
    let share = try #require(only.split(separator: ")").last)
    #expect(share.contains(" to ") && share.hasSuffix("%") && !share.contains("("))
  }

  @Test func whatChangesStandsBeforeTheAnswers() throws {
    let text = report().textTable(color: false, width: 100)
    let changes = try #require(text.range(of: "What changes"))
    let better = try #require(text.range(of: "Is it better?"))
    #expect(changes.lowerBound < better.lowerBound)
    #expect(text.contains("in truth."), "the truth tells the changes where it is known")
    let judged = sampleReport(SampleOptions(truth: false)).textTable(color: false, width: 100)
    #expect(judged.contains("in the judge's eyes."))
  }

  @Test func groupsOfUsersAreShown() {
    let figures = SegmentFigures(better: 0.75, gain: 0.5)
    let segment = UserSegment(
      feature: "age <group>", value: "25-34", users: 12, requests: 40, evaluators: figures,
      judge: nil, truth: nil)
    let report = report(segments: [segment])
    let page = report.html()
    #expect(page.contains("Is it better for everybody?") && page.contains("age &lt;group&gt;"))
    #expect(page.contains("75.0") && !page.contains("age <group>"))
    #expect(report.textTable(color: false, width: 100).contains("25-34"))
    #expect(!self.report().html().contains("Is it better for everybody?"))
  }

  @Test func thePageSaysWhenAndFromWhat() {
    var context = ReportContext()
    context.title = "runs <first>"
    context.date = "2026-11-29 10:00:00 UTC"
    context.configuration = "version: 1 # <all>"
    context.training = [
      TrainingCurve(
        title: "loss",
        series: [TrainingCurve.Series(name: "one", points: [(0, 1), (1, 0.5), (2, 0.25)])]),
      TrainingCurve(title: "nothing", series: []),
    ]
    let page = sampleReport().html(context: context)
    #expect(faults(inMarkup: page) == [])
    #expect(page.contains("Evaluation of runs &lt;first&gt;"))
    #expect(page.contains("2026-11-29 10:00:00 UTC") && page.contains("version: 1 # &lt;all&gt;"))
    #expect(page.contains("How did it train?") && !page.contains("nothing while the run"))
    #expect(sampleReport().html() == sampleReport().html(context: ReportContext()))
  }

  @Test func rowsOfTablesNameTheirColumns() {
    let page = sampleReport().html()
    #expect(page.contains("data-label=\"judge, better %\""))
    #expect(page.contains("data-label=\"weight on\""))
  }
}
