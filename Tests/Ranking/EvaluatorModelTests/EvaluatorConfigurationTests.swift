import EvaluatorModel
import Foundation
import Testing

@Suite struct EvaluatorConfigurationTests {
  @Test func whatIsLeftOutKeepsItsDefault() throws {
    let text = #"{"item_width": 20, "trunk": [8]}"#
    let read = try JSONDecoder().decode(EvaluatorConfiguration.self, from: Data(text.utf8))
    var expected = EvaluatorConfiguration()
    expected.itemWidth = 20
    expected.trunk = [8]
    #expect(read == expected)
    #expect(read.validate() == [])
  }

  @Test func allFaultsAreReportedAtOnce() {
    var configuration = EvaluatorConfiguration()
    configuration.attentionWidth = 10
    configuration.ensemble = 0
    configuration.trunk = []
    configuration.slots = 0
    configuration.pessimism = .nan
    let faults = configuration.validate()
    for key in ["attention_width", "ensemble", "trunk", "slots", "pessimism"] {
      #expect(faults.contains { $0.hasPrefix("evaluator.\(key): expected") })
    }
    #expect(faults.count == 5)
  }
}
