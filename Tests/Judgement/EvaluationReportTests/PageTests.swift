import EvaluationReport
import Foundation
import Testing

@Suite struct PageTests {
  private static let names = ["click", "cold", "shops", "order"]

  /// From everything down to the evaluators alone.
  static let variants: [SampleOptions] = (2...4).flatMap { k in
    let all = Array(names.prefix(k))
    return [
      SampleOptions(objectives: all), SampleOptions(objectives: all, truth: false),
      SampleOptions(objectives: all, judge: false),
      SampleOptions(objectives: all, judge: false, truth: false, extras: false),
      SampleOptions(objectives: all, users: 1), SampleOptions(objectives: all, users: 0),
    ]
  }

  private func occurrences(_ text: String, in page: String) -> Int {
    page.components(separatedBy: text).count - 1
  }

  @Test(arguments: variants) func tagsCloseAndIdsAreUnique(options: SampleOptions) {
    let page = sampleReport(options).html()
    #expect(faults(inMarkup: page) == [])
    #expect(!page.contains("nan") && !page.contains("inf\""))
  }

  @Test(arguments: [
    "<p>a", "<p><b>a</p></b>", "<p id=\"a\"></p><p id=\"a\"></p>", "</p>", "<p>a</p><b",
  ])
  func theMarkupCheckSeesFaults(broken: String) {
    #expect(faults(inMarkup: broken) != [])
  }

  @Test(arguments: variants) func thePageNeedsNothingFromElsewhere(options: SampleOptions) {
    let page = sampleReport(options).html()
    for reference in ["src=", "href=", "<link", "<script", "@import", "url(", "http"] {
      #expect(!page.contains(reference), "the page has \(reference)")
    }
  }

  @Test(arguments: variants) func whatChangesComesFirstAndThenTheThreeQuestions(
    options: SampleOptions
  ) {
    let page = sampleReport(options).html()
    let body = page.components(separatedBy: "<main>").last ?? ""
    let headings = body.components(separatedBy: "<h2>").dropFirst().map {
      $0.components(separatedBy: "<").first ?? ""
    }
    let first = options.users == 0 ? [] : ["What changes?"]
    #expect(
      Array(headings.prefix(first.count + 3))
        == first + ["Is it better?", "Is it steerable?", "Is it honest?"])
  }

  @Test func namesAreEscaped() {
    let page = sampleReport(SampleOptions(objectives: ["<em>a&b", "\"cold\""])).html()
    #expect(!page.contains("<em>a") && page.contains("&lt;em&gt;a&amp;b"))
    #expect(!page.contains("\"\"cold"))
  }

  @Test func whatTheExamplesHoldIsEscaped() {
    var report = sampleReport()
    let hostile = ExampleItem(
      id: "<i>id", features: ["<i>name": "<i>value"], expected: ["<i>kind": 1], elsewhere: nil)
    let list = ExampleList(utilities: [:], items: [hostile])
    report.examples = ExampleSet(
      best: [
        RequestExample(request: "\"<i>", weights: [:], gain: 1, generated: list, logged: list)
      ], worst: [])
    let page = report.html()
    #expect(!page.contains("<i>") && faults(inMarkup: page) == [])
    for part in ["id", "name", "value", "kind"] { #expect(page.contains("&lt;i&gt;\(part)")) }
  }

  @Test func everyPairOfObjectivesHasAFront() {
    for k in 2...4 {
      let report = sampleReport(SampleOptions(objectives: Array(Self.names.prefix(k))))
      #expect(occurrences("id=\"front-", in: report.html()) == 2 * k * (k - 1) / 2)
    }
  }

  @Test func onlyThreeObjectivesHaveAMap() {
    for k in 2...4 {
      let report = sampleReport(SampleOptions(objectives: Array(Self.names.prefix(k))))
      let page = report.html()
      // One cell per probe and map: better by three viewpoints, attained by two.
      let cells = occurrences("<polygon class=\"cell\"", in: page)
      #expect(cells == (k == 3 ? 5 * report.probes.count : 0))
      #expect(page.contains("id=\"better-t\"") == (k != 3))
    }
  }

  @Test func controlChartsHaveAMarkPerViewpoint() throws {
    for (judge, truth) in [(true, true), (true, false), (false, true), (false, false)] {
      let report = sampleReport(SampleOptions(judge: judge, truth: truth, extras: false))
      let page = report.html()
      let chart = try #require(
        page.components(separatedBy: "control-0-t").dropFirst(2).first?
          .components(separatedBy: "</figure>").first)
      let points = report.control.lines["click"]?.count ?? 0
      #expect(occurrences("<circle class=\"generated\"", in: chart) == points)
      #expect(occurrences("<polygon class=\"judge\"", in: chart) == (judge ? points : 0))
      #expect(occurrences("<polygon class=\"truth\"", in: chart) == (truth ? points : 0))
      #expect(occurrences("<line class=\"logged\"", in: chart) == 1)
    }
  }

  @Test func anItemHasTheSameArrowInBothLists() throws {
    var report = sampleReport()
    func item(_ id: String, _ elsewhere: Int?) -> ExampleItem {
      ExampleItem(id: id, features: [:], expected: [:], elsewhere: elsewhere)
    }
    // b, a, c from a, b, d.
    let generated = [item("b", 2), item("a", 1), item("c", nil)]
    let logged = [item("a", 2), item("b", 1), item("d", nil)]
    report.examples = ExampleSet(
      best: [],
      worst: [
        RequestExample(
          request: "r", weights: ["click": 1], gain: -1,
          generated: ExampleList(utilities: [:], items: generated),
          logged: ExampleList(utilities: [:], items: logged))
      ])
    let page = report.html()
    let example = try #require(page.components(separatedBy: "<details").last)
    let marks = example.components(separatedBy: "<td class=\"").dropFirst().filter {
      !$0.hasPrefix("item")
    }.compactMap { $0.components(separatedBy: ">").dropFirst().first?.dropLast("</td".count) }
    #expect(marks == ["↑ 2", "↓ 1", "new", "↓ 2", "↑ 1", "out"])
  }
}
