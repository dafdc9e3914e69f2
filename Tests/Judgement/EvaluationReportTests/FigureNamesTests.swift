import EvaluationReport
import JSON
import Testing

@Suite struct FigureNamesTests {
  private let names = FigureNames(
    objectives: ["click", "cold"], feedback: ["click", "purchase", "dwell"])

  private func paths(_ json: JSONValue, below path: [String] = []) -> [[String]] {
    if let members = json.members {
      return members.flatMap { paths($0.value, below: path + [$0.key]) }
    }
    return json.number == nil ? [] : [path]
  }

  @Test func everyFigureOfAReportIsKnown() throws {
    var report = sampleReport()
    report.allShown = 0.5
    report.classic = ClassicSummary(
      relevance: "click", group: "shop",
      generated: Dictionary(uniqueKeysWithValues: ClassicSummary.measures.map { ($0, 1) }),
      logged: [:])
    let found = paths(try JSONScanner.parse(Array(report.json().utf8)))
    #expect(found.count > 80)
    let known = Set(names.paths)
    #expect(found.filter { !known.contains($0) } == [])
  }

  @Test(arguments: [
    ("better_percentage.maen>=0.8", "better_percentage.mean"),
    ("beter_percentage.mean>=0.8", "better_percentage.mean"),
    ("labels.clik.ndcg>=0", "labels.click.ndcg"), ("users.mean>=1", "users"),
  ])
  func aMisspeltFigureIsRefusedWithTheNearest(text: String, meant: String) throws {
    let fault = try #require(throws: RequirementError.self) {
      try names.check([Requirement("requests>=1"), Requirement(text)])
    }
    #expect("\(fault)".contains("the nearest are \(meant)"), "\(fault)")
  }

  @Test func aPartThatIsNotMeasuredSaysHowItWouldBe() throws {
    var some = names
    some.absent["attainment"] = "give --attainable"
    try some.check([Requirement("better_percentage.mean>=0.8")])
    let fault = try #require(throws: RequirementError.self) {
      try some.check([Requirement("attainment.by_evaluators.mean>=0.5")])
    }
    #expect("\(fault)".contains("give --attainable"))
  }

  @Test func aLogWhereAllWasShownIsSaidInTheReport() {
    var report = sampleReport()
    #expect(!report.markdown().contains("which candidates to choose"))
    report.allShown = 1
    for text in [report.markdown(), report.textTable(color: false, width: 100), report.html()] {
      #expect(text.contains("No, only their order") && text.contains("100.0%"))
    }
  }
}
