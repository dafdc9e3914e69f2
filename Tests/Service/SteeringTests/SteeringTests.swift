import ConfigurationFields
import Sessions
import Steering
import StrictYAML
import Testing

@Suite struct SteeringTests {
  private static let text = """
    default: balanced
    time_zone: Europe/Berlin
    presets:
      balanced: {weights: {click: 1, cold: 1}}
      night: {weights: {click: 3, cold: 1}, strategy: beam}
      bold: {weights: {cold: 1}, strategy: {kind: sample, lists: 4, hand_made: [upstream]}}
    rules:
      - {name: newcomers, when: {user: {segment: [new, lapsed]}, context: {source: [push]}}, preset: bold}
      - {name: late, when: {hours: 22-6}, preset: night}
      - {name: test, split: [{preset: balanced, share: 30}, {preset: bold, share: 70}]}
    """

  private static func configuration(_ text: String = text) throws -> SteeringConfiguration {
    try YAMLDocument(text: text, file: "s.yaml").decode(SteeringConfiguration.self)
  }

  /// 2026-01-15, 12:00 and 21:30 UTC: in Berlin 13:00 and 22:30.
  private let noon = 1_768_478_400.0
  private var evening: Double { noon + 9.5 * 3600 }

  @Test func theFirstRuleThatMatchesDecides() throws {
    let steering = try SteeringRules(Self.configuration())
    func choose(
      _ id: String, _ user: FeatureMap = [:], _ context: FeatureMap = [:], at time: Double
    ) -> SteeringChoice {
      steering.choose(userID: id, user: user, context: context, at: time)
    }
    let new: FeatureMap = ["segment": .text("new")]
    #expect(
      choose("u", new, ["source": .text("push")], at: evening)
        == SteeringChoice(rule: "newcomers", preset: "bold"))
    // One of two conditions is not enough.
    #expect(choose("u", new, ["source": .text("web")], at: evening).rule == "late")
    #expect(choose("u", at: evening) == SteeringChoice(rule: "late", preset: "night"))
    #expect(choose("u", at: noon).rule == "test")
  }

  @Test func usersWithoutAnIDAreInNoSplit() throws {
    let choice = try SteeringRules(Self.configuration())
      .choose(userID: "", user: [:], context: [:], at: noon)
    #expect(choice == SteeringChoice(rule: "default", preset: "balanced"))
  }

  @Test func sidesOfASplitAreKeptAndHaveTheirShares() throws {
    let steering = try SteeringRules(Self.configuration())
    func arm(_ id: Int) -> String? {
      steering.choose(userID: "u\(id)", user: [:], context: [:], at: noon).arm
    }
    let arms = (0..<4000).map(arm)
    #expect(arms == (0..<4000).map(arm))
    let balanced = arms.filter { $0 == "balanced" }.count
    // 1200 expected, standard deviation 29.
    #expect(abs(balanced - 1200) < 116)
  }

  @Test func anotherSaltShufflesTheUsers() throws {
    func arms(_ salt: String) throws -> [String?] {
      var configuration = try Self.configuration()
      configuration.rules[2].salt = salt
      let steering = try SteeringRules(configuration)
      return (0..<2000).map {
        steering.choose(userID: "u\($0)", user: [:], context: [:], at: noon).arm
      }
    }
    let (a, b) = (try arms("a"), try arms("b"))
    // Both in the first arm by chance: .09 of the users.
    let both = zip(a, b).filter { $0 == "balanced" && $1 == "balanced" }.count
    #expect(abs(both - 180) < 52)
  }

  @Test func hoursGoAroundMidnight() throws {
    var configuration = try Self.configuration()
    configuration.timeZone = "UTC"
    let steering = try SteeringRules(configuration)
    let rules = [0.0, 5.99, 6, 21.99, 22, 23.99].map { hour in
      steering.choose(userID: "", user: [:], context: [:], at: noon + (hour - 12) * 3600).rule
    }
    #expect(rules == ["late", "late", "default", "default", "late", "late"])
  }

  @Test func strategiesAreReadInBothForms() throws {
    let presets = try Self.configuration().presets
    #expect(presets["night"]?.strategy == ListStrategy(.beam))
    #expect(presets["bold"]?.strategy == ListStrategy(.sample, lists: 4, handMade: [.upstream]))
    #expect(ListStrategy(.sample, lists: 1).isOneDraw)
    #expect(!ListStrategy(.sample, lists: 1, handMade: [.upstream]).isOneDraw)
  }

  @Test func allFaultsAreReportedAtOnce() throws {
    let faults = try Self.configuration(
      """
      default: nobody
      time_zone: Mars
      presets:
        a: {weights: {clik: -1}}
      rules:
        - {name: request, preset: b, when: {hours: 7-25}}
        - {name: x}
        - {name: x, split: [{preset: a, share: -1}]}
      controllers:
        - {objective: cold, flag: "", target: 2, minimum: 0.5, maximum: 0.4, every: 0}
      """
    ).faults(objectives: ["click"]).map(\.key)
    #expect(
      faults == [
        "default", "time_zone", "presets.a.weights.clik", "presets.a.weights",
        "rules.0.when.hours", "rules.1", "rules.2.split.0.share", "rules.2.split", "rules.0.name",
        "rules.0.preset", "rules.2.name", "controllers.0.flag", "controllers.0.target",
        "controllers.0.maximum", "controllers.0.every", "presets.a.weights.clik",
        "controllers.0.objective",
      ])
  }
}
