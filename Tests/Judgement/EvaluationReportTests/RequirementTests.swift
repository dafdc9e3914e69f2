import EvaluationReport
import Statistics
import Testing

@Suite struct RequirementTests {
  @Test(arguments: [
    ("better_percentage.mean>=0.8", ["better_percentage", "mean"], Requirement.Comparison.atLeast),
    ("a <= 1", ["a"], .atMost), ("a.b.c>-2e-1", ["a", "b", "c"], .above), ("a<0", ["a"], .below),
  ])
  func readsPathSignAndBound(
    text: String, path: [String], comparison: Requirement.Comparison
  ) throws {
    let requirement = try Requirement(text)
    #expect(requirement.path == path && requirement.comparison == comparison)
  }

  @Test(arguments: ["", "a", "a=1", ">=1", "a>=", "a>=x", "a..b>=1", "a>=nan", "a>=inf"])
  func refusesWhatIsNone(text: String) {
    #expect(throws: RequirementError.malformed(text)) { try Requirement(text) }
  }

  @Test func saysAllThatFallsShortAndNothingElse() throws {
    let report = sampleReport()
    try report.check([Requirement("requests>=12"), Requirement("control.spearman.click>-2")])
    let fault = try #require(throws: RequirementError.self) {
      try report.check([
        Requirement("requests>=13"), Requirement("users>=12"),
        Requirement("better_percentage.mean>1"),
      ])
    }
    guard case .unmet(let sentences) = fault else { return #expect(Bool(false), "\(fault)") }
    #expect(sentences.count == 2)
    #expect(sentences[0] == "requests is 12.0, expected >= 13.0")
  }

  @Test func aFigureThatIsNotThereNamesThoseThatAre() throws {
    let fault = try #require(throws: RequirementError.self) {
      try sampleReport().check([Requirement("better_percentage.median>=0")])
    }
    #expect("\(fault)".contains("high, low, mean, min"))
    // A group of figures is none.
    #expect(throws: RequirementError.self) {
      try sampleReport().check([Requirement("better_percentage>=0")])
    }
  }

  @Test func theLeadOverTheLogCanBeRequired() throws {
    // The sample's policy is .02 behind the logged order and well ahead of the linear model.
    let report = sampleReport()
    try report.check([
      Requirement("labels.click.ndcg>=0.59"), Requirement("labels.click.over_linear>0"),
    ])
    #expect(throws: RequirementError.self) {
      try report.check([Requirement("labels.click.over_logged>=0")])
    }
  }
}
