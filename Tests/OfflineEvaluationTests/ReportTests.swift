import Foundation
import OfflineEvaluation
import Testing

@Suite struct ReportTests {
  @Test func jsonHasTheKeysThatOthersReadAndOnlyShares() throws {
    let report = sampleReport()
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(report.json().utf8)) as? [String: Any])
    #expect(object["requests"] as? Int == 12)
    let probes = try #require(object["probes"] as? [[String: Any]])
    #expect(probes.count == 3)
    for key in [
      "weights", "better_percentage", "ties", "reward_generated", "reward_logged", "utilities",
    ] {
      #expect(probes.allSatisfy { $0[key] != nil }, "probes lack \(key)")
    }
    let better = try #require(object["better_percentage"] as? [String: Double])
    for key in ["mean", "min", "low", "high"] {
      let value = try #require(better[key])
      #expect((0...1).contains(value))
    }
    let control = try #require(object["control"] as? [String: Any])
    let spearman = try #require(control["spearman"] as? [String: Double])
    #expect(spearman.keys.sorted() == ["click", "cold"])
    let world = try #require(object["world"] as? [String: [String: Double]])
    for gain in ["true_gain", "predicted_gain"] {
      #expect(world[gain]?["mean"] != nil && world[gain]?["min"] != nil)
    }
  }

  @Test func aReadReportIsTheOneThatWasWritten() throws {
    let report = sampleReport()
    let read = try JSONDecoder().decode(EvaluationReport.self, from: Data(report.json().utf8))
    #expect(read == report)
  }

  @Test func withoutAWorldNothingIsSaidOfTheTruth() {
    let report = sampleReport(truth: false)
    #expect(report.world == nil && report.probes.allSatisfy { $0.world == nil })
    #expect(!report.json().contains("true_gain"))
  }

  @Test func theSameComparisonsGiveTheSameBytes() {
    #expect(sampleReport().json() == sampleReport().json())
    #expect(sampleReport().html() == sampleReport().html())
  }

  @Test func thePageNeedsNothingFromElsewhere() {
    let page = sampleReport().html()
    for reference in ["src=", "<link", "<script", "@import", "url("] {
      #expect(!page.contains(reference), "the page has \(reference)")
    }
    // The only address is the name space of SVG, which nobody fetches.
    let addresses = page.components(separatedBy: "http").dropFirst()
    #expect(addresses.allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg") })
  }

  @Test func namesAreEscaped() {
    let page = sampleReport(objectives: ["<em>a&b", "\"cold\""]).html()
    #expect(!page.contains("<em>a") && page.contains("&lt;em&gt;a&amp;b"))
  }

  @Test(arguments: [80, 100, 140]) func theTableFitsItsWidth(width: Int) {
    let text = sampleReport().textTable(color: false, width: width)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
    #expect(text.contains("Is it better than the logged lists?"))
    #expect(!text.contains("\u{1b}"))
  }
}
