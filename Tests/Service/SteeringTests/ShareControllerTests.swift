import Sessions
import Steering
import Testing

@Suite struct ShareControllerTests {
  private func configuration(
    target: Double, minimum: Double = 0, maximum: Double = 1
  ) -> ShareControllerConfiguration {
    var c = ShareControllerConfiguration(objective: "cold", flag: "is_cold", target: target)
    c.minimum = minimum
    c.maximum = maximum
    c.every = 10
    return c
  }

  /// A plant whose share rises with the weight: `supply * weight`, served list by list.
  private func run(
    _ controller: inout ShareController, lists: Int, supply: Double
  ) -> [Double] {
    var weights: [Double] = []
    for _ in 0..<lists {
      let flagged = Int((controller.weight * supply * 1000).rounded())
      controller.observe(flagged: Double(min(flagged, 1000)), of: 1000)
      weights.append(controller.weight)
      #expect(
        (controller.configuration.minimum...controller.configuration.maximum)
          .contains(controller.weight))
    }
    return weights
  }

  @Test func theShareReachesItsTargetAfterAStepOfSupply() {
    var controller = ShareController(configuration(target: 0.3), start: 0.1)
    _ = run(&controller, lists: 400, supply: 0.8)
    #expect(abs((controller.share ?? 0) - 0.3) < 0.005)
    _ = run(&controller, lists: 400, supply: 0.5)
    #expect(abs((controller.share ?? 0) - 0.3) < 0.005)
    #expect(abs(controller.weight - 0.6) < 0.02)
  }

  @Test func anUnreachableTargetHoldsTheBoundAndDoesNotWindUp() {
    var controller = ShareController(configuration(target: 0.9, maximum: 0.5), start: 0.1)
    _ = run(&controller, lists: 2000, supply: 0.4)
    #expect(controller.weight == 0.5)
    #expect(controller.isSaturated)
    // Supply comes back far above the target: the weight leaves its bound at the first update.
    _ = run(&controller, lists: 10, supply: 2)
    #expect(controller.weight < 0.5)
  }

  @Test func aTargetOfNothingHoldsTheLowerBound() {
    var controller = ShareController(configuration(target: 0, minimum: 0.05), start: 0.5)
    _ = run(&controller, lists: 2000, supply: 0.8)
    #expect(controller.weight == 0.05)
  }

  /// A plant whose share falls with the price. A price rises where a weight would fall.
  @Test func aPriceHoldsTheShareOfItsChannelAfterAStepOfSupply() {
    var configuration = ShareControllerConfiguration(channel: "ad", target: 0.2)
    configuration.minimum = -1
    configuration.every = 10
    var controller = ShareController(configuration, start: 0)
    func run(supply: Double) {
      for _ in 0..<2000 {
        controller.observe(flagged: max(0, min(1, supply - controller.weight)), of: 1)
      }
    }
    run(supply: 0.5)
    #expect(abs((controller.share ?? 0) - 0.2) < 0.005 && abs(controller.weight - 0.3) < 0.01)
    run(supply: 0.1)
    #expect(abs((controller.share ?? 0) - 0.2) < 0.005 && abs(controller.weight + 0.1) < 0.01)
  }

  /// Lower places count less where the model says so.
  @Test func theShareOfAChannelIsThatOfTheViews() {
    var configuration = ShareControllerConfiguration(channel: "ad", target: 0.2)
    configuration.every = 1
    let controllers = ShareControllers(
      [configuration], start: [:], channels: ["ad": (flag: "is_ad", price: 0.25)], viewDecay: 0.5)
    #expect(controllers.columns == [CandidateColumn(.flag, of: "is_ad")])
    #expect(controllers.prices == ["ad": 0.25] && controllers.objectives == [])
    controllers.observe(list: [2, 1, 0], flags: [[0, 1, 0]])
    #expect(abs((controllers.controllers[0].share ?? 0) - 0.5 / 1.75) < 1e-12)
    #expect(controllers.applied(to: ["click": 1]) == ["click": 1])
  }

  @Test func unchangedControllersGoOnAfterAReload() {
    let c = configuration(target: 0.3)
    let before = ShareControllers([c], start: ["cold": 0.1])
    for _ in 0..<10 { before.observe(list: [0, 1], flags: [[1, 0, 0]]) }
    let kept = ShareControllers([c], start: ["cold": 0.9], previous: before)
    #expect(kept.controllers == before.controllers)
    var other = c
    other.target = 0.4
    let changed = ShareControllers([other], start: ["cold": 0.9], previous: before)
    #expect(changed.controllers[0].weight == 0.9)
  }

  @Test func whatWasServedIsCounted() {
    let controllers = ShareControllers([configuration(target: 0.3)], start: [:])
    for _ in 0..<10 { controllers.observe(list: [2, 0, 1, 3], flags: [[1, 0, 0, 1]]) }
    #expect(controllers.controllers[0].share == 0.5)
  }
}
