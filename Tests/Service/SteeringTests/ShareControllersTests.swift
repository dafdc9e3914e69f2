import ConfigurationFields
import JSON
import Steering
import Testing

@Suite struct ShareControllersTests {
  private func configuration(
    _ objective: String, _ bounds: ClosedRange<Double> = 0...1
  ) -> ShareControllerConfiguration {
    var c = ShareControllerConfiguration(objective: objective, flag: "is_cold", target: 0.3)
    c.minimum = bounds.lowerBound
    c.maximum = bounds.upperBound
    c.every = 10
    return c
  }

  private func near(_ weights: [String: Double], _ expected: [String: Double]) -> Bool {
    weights.keys == expected.keys
      && weights.allSatisfy { abs($0.value - (expected[$0.key] ?? 0)) < 1e-12 }
  }

  @Test func otherWeightsKeepTheirProportions() {
    let controllers = ShareControllers([configuration("cold")], start: ["cold": 0.4])
    #expect(
      near(
        controllers.applied(to: ["click": 0.6, "shops": 0.3, "cold": 0.1]),
        ["click": 0.4, "shops": 0.2, "cold": 0.4]))
  }

  @Test func noControllerMovesAnothersWeight() {
    let controllers = ShareControllers(
      [configuration("cold", 0.3...0.5), configuration("shops", 0.35...0.5)], start: [:])
    #expect(
      near(
        controllers.applied(to: ["click": 0.9, "shops": 0.05, "cold": 0.05]),
        ["click": 0.35, "shops": 0.35, "cold": 0.3]))
  }

  @Test func whatIsAboveOneInSumIsTakenFromAboveTheMinima() {
    let controllers = ShareControllers(
      [configuration("cold", 0.1...0.9), configuration("shops", 0.3...0.9)],
      start: ["cold": 0.7, "shops": 0.7])
    // .6 and .4 above the minima share the .6 that these leave.
    #expect(
      near(
        controllers.applied(to: ["click": 1, "shops": 0, "cold": 0]),
        ["click": 0, "cold": 0.46, "shops": 0.54]))
  }

  @Test func othersWithoutWeightShareTheRestAlike() {
    let controllers = ShareControllers([configuration("cold", 0...0.5)], start: ["cold": 0.2])
    #expect(
      near(
        controllers.applied(to: ["click": 0, "shops": 0, "cold": 1]),
        ["click": 0.4, "shops": 0.4, "cold": 0.2]))
  }

  @Test func whereAllAreControlledTheRestGoesToThoseWithRoom() {
    let controllers = ShareControllers(
      [configuration("cold", 0...0.6), configuration("shops", 0...0.8)],
      start: ["cold": 0.2, "shops": 0.2])
    #expect(
      near(controllers.applied(to: ["shops": 0.5, "cold": 0.5]), ["cold": 0.44, "shops": 0.56]))
    #expect(controllers.applied(to: ["click": 1]) == ["click": 1])
  }

  @Test func boundsThatCannotHoldTogetherAreFaults() {
    var steering = SteeringConfiguration()
    steering.controllers = [configuration("a", 0.6...0.7), configuration("b", 0.5...0.6)]
    #expect(steering.faults().map(\.key) == ["controllers"])
    steering.controllers = [configuration("a", 0...0.4), configuration("b", 0...0.4)]
    #expect(steering.faults().isEmpty)
    #expect(steering.faults(objectives: ["a", "b"]).map(\.key) == ["controllers"])
    #expect(steering.faults(objectives: ["a", "b", "c"]).isEmpty)
  }

  @Test func theStateGoesOnInAnotherProcess() throws {
    let c = configuration("cold")
    let before = ShareControllers([c], start: ["cold": 0.1])
    for _ in 0..<15 { before.observe(list: [0, 1], flags: [[1, 0, 0]]) }
    let text = try EncodedJSON.line(before.controllers)
    let read = try EncodedJSON.value([ShareController].self, of: text)
    let after = ShareControllers([c], start: ["cold": 0.9], restored: read)
    #expect(after.controllers == before.controllers)
    let other = ShareControllers([configuration("cold", 0...0.8)], start: [:], restored: read)
    #expect(other.controllers[0].weight == 0)
  }
}
