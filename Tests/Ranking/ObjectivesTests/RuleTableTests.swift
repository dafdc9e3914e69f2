import Foundation
import Objectives
import RandomStreams
import Sessions
import Testing

@Suite struct RuleTableTests {
  @Test func everyRuleIsWrittenDownAndReadBack() throws {
    for row in RuleTable.standard.rows {
      let given = Dictionary(uniqueKeysWithValues: row.options.map { ($0.key, 0.5) })
      let whole = ["distinct": ["window": 3.0], "distinct_first": ["places": 3]]
      let options = whole[row.key] ?? given
      let rule = row.init(feature: "f", options: options)
      #expect(rule.column.feature == "f" && rule.column.kind == row.reads)
      #expect(rule.optionValues == options)
      #expect(rule.summary.hasPrefix("\(row.key)(f"))
      let definition = RuleDefinition(rule)
      let text = try JSONEncoder().encode(definition)
      #expect(try JSONDecoder().decode(RuleDefinition.self, from: text) == definition)
    }
    #expect(Set(RuleTable.standard.rows.map { $0.key }).count == RuleTable.standard.rows.count)
  }

  @Test func summariesReadLikeTheConfiguration() {
    let rules: [(RuleDefinition, String)] = [
      (.share(flag: "is_cold"), "share(is_cold)"),
      (.quota(flag: "is_cold", target: 0.3), "quota(is_cold, target 0.3)"),
      (.distinct(group: "shop", window: nil), "distinct(shop)"),
      (.distinct(group: "shop", window: 3), "distinct(shop, window 3)"),
      (.order(priority: "p"), "order(p)"), (.mean(number: "x"), "mean(x)"),
      (.discounted(number: "x"), "discounted(x)"),
      (.threshold(flag: "is_cold", target: 0.3), "threshold(is_cold, target 0.3)"),
      (
        .threshold(flag: "is_cold", target: 0.3, ramp: 0.5),
        "threshold(is_cold, target 0.3, ramp 0.5)"
      ),
      (.gated(flag: "is_cold", target: 0.1), "gated(is_cold, target 0.1)"),
      (.distinctFirst(group: "shop", places: 4), "distinct_first(shop, 4 places)"),
    ]
    for (rule, summary) in rules { #expect(Objective.Definition.rule(rule).summary == summary) }
  }

  @Test func rulesOfOtherTypesOrOptionsAreOtherRules() {
    let rules: [RuleDefinition] = [
      .share(flag: "x"), .share(flag: "y"), .mean(number: "x"), .discounted(number: "x"),
      .quota(flag: "x", target: 0.2), .quota(flag: "x", target: 0.3),
      .distinct(group: "x", window: nil), .distinct(group: "x", window: 2),
      .threshold(flag: "x", target: 0.2), .threshold(flag: "x", target: 0.2, ramp: 0.5),
      .gated(flag: "x", target: 0.2), .distinctFirst(group: "x", places: 2),
    ]
    #expect(Set(rules).count == rules.count)
    #expect(RuleDefinition.share(flag: "x") == .share(flag: "x"))
  }

  /// A further rule is a type and a row, here of a table of its own.
  @Test func aFurtherRuleIsATypeAndARow() throws {
    let set = try read(#"[{"name":"dear","above":"price","floor":2.5},{"name":"new","share":"f"}]"#)
    #expect(set.objectives[0].definition.summary == "above(price)")
    #expect(set.columns.map(\.feature) == ["price", "f"] && set.localWidth == 3)
    let columns: [[Float]] = [[1, 2, 3, 4], [1, 0, 0, 1]]
    #expect(set.utilities(of: [2, 0], columns: columns, predictions: []) == [0.5, 0.5])
    var stream = RandomStream(seed: 1, "above")
    for _ in 0..<20 {
      let list = Array(stream.permutation(4).prefix(1 + stream.below(4)))
      let weights: [Float] = [0.75, 0.25]
      let increments = set.ruleIncrements(of: list, columns: columns, weights: weights)
      let reward = set.reward(
        set.utilities(of: list, columns: columns, predictions: []), weights: weights)
      #expect(abs(increments.reduce(0, +) - reward) < 1e-6)
    }
    var local = [Float](repeating: -9, count: 12)
    set.writeLocalContext(
      after: [0], length: 2, columns: columns, into: &local, base: 0, stride: 3)
    #expect(local == [0, 1, 0.5, 0, 0, 0.5, 1, 0, 0.5, 1, 1, 0.5])
    let back = try decoder().decode(ObjectiveSet.self, from: JSONEncoder().encode(set))
    #expect(back == set)
  }

  @Test(arguments: [
    (#"[{"name":"a","above":"x"}]"#, "a: above needs the number to reach; add floor"),
    (#"[{"name":"a","share":"x","floor":1}]"#, "a: floor belongs to above; remove it"),
    (#"[{"name":"a","above":"x","mean":"y","floor":1}]"#, "a: says mean and above; give exactly"),
    (#"[{"name":"a"}]"#, "distinct_first: <group> with places, above: <number> with floor"),
  ])
  func itsFaultsAreWordedLikeThoseOfTheOthers(text: String, message: String) {
    let fault = #expect(throws: ObjectivesError.self) { try read(text) }
    #expect(fault?.description.contains(message) ?? false, "\(fault?.description ?? "")")
  }

  /// Control: without its row nothing is known of the rule.
  @Test func withoutItsRowARuleIsUnknown() {
    #expect(throws: ObjectivesError.self) {
      try ObjectiveSet(
        JSONDecoder().decode(
          [ObjectiveConfiguration].self,
          from: Data(#"[{"name":"dear","above":"price","floor":2.5}]"#.utf8)))
    }
  }

  private func read(_ text: String) throws -> ObjectiveSet {
    try ObjectiveSet(decoder().decode([ObjectiveConfiguration].self, from: Data(text.utf8)))
  }

  private func decoder() throws -> JSONDecoder {
    let decoder = JSONDecoder()
    let key = try #require(RuleTable.decoderKey)
    decoder.userInfo[key] = RuleTable(RuleTable.standard.rows + [AboveFloor.self])
    return decoder
  }
}
