import ConfigurationFields
import Foundation
import ListRules
import Sessions
import Testing

@Suite struct ListRuleTests {
  static func rules(_ json: String) throws -> [ListRule] {
    try JSONDecoder().decode([ListRule].self, from: Data(json.utf8))
  }

  @Test func theFormsOfTheConfigurationAreRead() throws {
    let rules = try Self.rules(
      """
      [{"group": "shop", "at_most": 2, "window": 5}, {"group": "shop", "at_most": 3},
       {"flag": "is_ad", "maximum_share": 0.2}, {"flag": "is_cold", "at_least": 1},
       {"group": "brand", "maximum_share": 0.29}, {"flag": "is_ad", "at_most": 1, "window": 4}]
      """)
    #expect(ListRule.faults(of: rules).isEmpty)
    #expect(
      rules.map(\.summary) == [
        "at most 2 of one shop in any 5 places", "at most 3 of one shop in the list",
        "at most 20 % of is_ad", "at least 1 of is_cold", "at most 29 % of one brand",
        "at most 1 of is_ad in any 4 places",
      ])
    #expect(rules[0].column == CandidateColumn(.group, of: "shop"))
    #expect(rules[2].column == CandidateColumn(.flag, of: "is_ad"))
    #expect(try Self.rules(String(decoding: JSONEncoder().encode(rules), as: UTF8.self)) == rules)
  }

  @Test(arguments: [
    (#"{}"#, ["0", "0"]),
    (#"{"group": "a", "flag": "b", "at_most": 1}"#, ["0.flag"]),
    (#"{"group": "", "at_most": 1}"#, ["0.group"]),
    (#"{"group": "a", "at_most": 1, "maximum_share": 0.5}"#, ["0"]),
    (#"{"group": "a", "at_most": 0}"#, ["0.at_most"]),
    (#"{"group": "a", "at_most": 2, "window": 2}"#, ["0.window"]),
    (#"{"group": "a", "maximum_share": 0.5, "window": 5}"#, ["0.window"]),
    (#"{"group": "a", "maximum_share": 0}"#, ["0.maximum_share"]),
    (#"{"flag": "a", "maximum_share": 1.5}"#, ["0.maximum_share"]),
    (#"{"flag": "a", "at_least": 0}"#, ["0.at_least"]),
    (#"{"group": "a", "at_least": 1}"#, ["0.at_least"]),
    (#"{"flag": "a", "at_most": 1}, {"flag": "a", "at_least": 2}"#, ["1.at_least"]),
    (#"{"flag": "a", "at_most": 0}, {"flag": "b", "at_least": 2}"#, []),
  ])
  func faultsNameIndexAndKey(json: String, keys: [String]) throws {
    #expect(ListRule.faults(of: try Self.rules("[\(json)]")).map(\.key) == keys)
  }

  @Test func aCandidateWithoutAGroupIsAGroupOfItsOwn() {
    let shops = ["a", nil, nil, "a", "b"]
    let candidates = shops.enumerated().map { index, shop in
      Candidate(id: "\(index)", features: shop.map { ["shop": .text($0)] } ?? [:])
    }
    let rules = PlacementRules(
      [ListRule(group: "shop", atMost: 1)], candidates: candidates, length: 4)
    #expect(rules.repaired(from: [0, 3, 1, 2, 4]).list == [0, 1, 2, 4])
  }
}
