import ConfigurationFields
import ListPolicy
import ListRules
import Sessions
import Testing

/// What a session's masks mean for a decoder.
@Suite struct LoggedMasksTests {
  private static let rules = [
    ListRule(group: "shop", atMost: 1, window: 3), ListRule(group: "shop", maximumShare: 0.29),
    ListRule(flag: "is_ad", atMost: 1), ListRule(flag: "is_ad", atLeast: 1),
  ]

  private func session(_ masks: ListMasks?, shown: [Int] = [0, 2, 1]) -> Session {
    Session(
      request: Request(
        id: "r", user: User(id: "u"),
        candidates: (0..<5).map {
          Candidate(
            id: "i\($0)", features: ["shop": .text("s\($0 % 3)"), "is_ad": .flag($0 == 4)])
        }), time: 0, shown: shown, feedback: [:], masks: masks)
  }

  @Test func everyRuleComesBackFromItsRecord() {
    for rule in Self.rules { #expect(ListRule(record: rule.record) == rule) }
    // A key that rules get one day has to be recorded too.
    let keys = Set(Self.rules.flatMap(\.record.keys))
    #expect(keys == Set(ListRule.fields.map(\.key)))
  }

  @Test func whatIsNoRuleIsRefused() {
    let records: [FeatureMap] = [
      [:], ["flag": .text("is_ad")], ["flag": .text("is_ad"), "at_most": .number(1.5)],
      ["flag": .text("is_ad"), "at_most": .number(1), "until": .number(3)],
      ["flag": .number(1), "at_most": .number(1)],
    ]
    for record in records {
      #expect(ListRule(record: record) == nil)
      let fault = #expect(throws: UnknownRuleError.self) {
        try DecodingConstraints(session(ListMasks(rules: [record])))
      }
      #expect(fault?.session == "r" && fault?.record == record)
    }
  }

  @Test func masksAreThoseTheListWasWrittenUnder() throws {
    #expect(try DecodingConstraints(session(nil)) == .none)
    let masks = ListMasks(
      pins: [.init(id: "i2", position: 2)], ban: ["i3", "gone"], require: ["i1"],
      rules: Self.rules.map(\.record))
    let logged = session(masks)
    let constraints = try DecodingConstraints(logged)
    #expect(constraints.pins == [1: 2] && constraints.bans == [3])
    #expect(
      constraints.rules
        == PlacementRules(
          Self.rules, candidates: logged.request.candidates, length: 3, pins: [1: 2], bans: [3],
          required: [1]))
  }

  @Test func aListIsPermittedWhereEachPickIs() throws {
    let masks = ListMasks(pins: [.init(id: "i2", position: 2)], ban: ["i3"])
    let constraints = try DecodingConstraints(session(masks))
    #expect(constraints.permit([0, 2, 1], candidates: 5))
    #expect(!constraints.permit([0, 1, 2], candidates: 5))
    #expect(!constraints.permit([2, 0, 1], candidates: 5))
    #expect(!constraints.permit([0, 2, 3], candidates: 5))
    let rule = try DecodingConstraints(
      session(ListMasks(rules: [["group": .text("shop"), "at_most": .number(1)]])))
    #expect(rule.permit([0, 2, 1], candidates: 5))
    // i0 and i3 are of one shop.
    #expect(!rule.permit([0, 3, 1], candidates: 5))
    #expect(DecodingConstraints.none.permit([3, 4], candidates: 5))
  }
}
