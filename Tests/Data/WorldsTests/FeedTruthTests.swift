import RandomStreams
import Sessions
import Testing
import Worlds

@Suite struct FeedTruthTests {
  private static let world = FeedWorld(FeedWorldConfiguration())

  @Test(arguments: [0, 11, 222])
  func simulatedUsersAgreeWithTheClosedForm(index: Int) {
    let world = FeedTruthTests.world
    let request = world.request(index)
    let draws = 20_000
    var stream = RandomStream(seed: 9, "monte carlo", request: UInt64(index))
    let list = Array(stream.permutation(50).prefix(6))
    var sums: [String: [Double]] = [:]
    var squares: [String: [Double]] = [:]
    for _ in 0..<draws {
      for (kind, slots) in world.respond(to: request, list: list, using: &stream) {
        for (slot, value) in slots.enumerated() {
          sums[kind, default: [Double](repeating: 0, count: 6)][slot] += Double(value)
          squares[kind, default: [Double](repeating: 0, count: 6)][slot] +=
            Double(value) * Double(value)
        }
      }
    }
    let expected = world.expectedFeedback(for: request, list: list)
    for kind in FeedWorld.feedback {
      for slot in 0..<6 {
        let mean = (sums[kind]?[slot] ?? .nan) / Double(draws)
        let variance = (squares[kind]?[slot] ?? .nan) / Double(draws) - mean * mean
        let error = (variance / Double(draws)).squareRoot()
        let truth = Double(expected[kind]?[slot] ?? .nan)
        #expect(abs(mean - truth) < 4 * error + 1e-6, "\(kind) \(slot): \(mean), \(truth)")
      }
    }
  }

  @Test(arguments: 0..<10)
  func aSwapChangesTheChancesOfItsNeighboursOnly(index: Int) {
    let truth = FeedTruthTests.world.truth(for: FeedTruthTests.world.request(index))
    let chances = truth.clickChances(of: [0, 1, 2, 3])
    let swapped = truth.clickChances(of: [0, 1, 3, 2])
    #expect(chances[0] == swapped[0])
    #expect(chances[1] != swapped[1])
    #expect(chances.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func theSameShopAboveCostsClicks() {
    let world = FeedTruthTests.world
    var pairs = 0
    for index in 0..<50 {
      let request = world.request(index)
      let truth = world.truth(for: request)
      let shops = CandidateColumn(.group, of: "shop").values(of: request.candidates)
      for i in shops.indices {
        for j in shops.indices where i < j && shops[i] == shops[j] {
          // Two places below, where the contrast of neighbours does not reach.
          guard let filler = shops.indices.first(where: { shops[$0] != shops[i] }) else { continue }
          let below = truth.clickChances(of: [i, filler, j])[2]
          guard
            let stranger = shops.indices.first(where: {
              shops[$0] != shops[i] && $0 != filler
                && request.candidates[$0].features["category"]
                  != request.candidates[j].features["category"]
            })
          else { continue }
          #expect(below < truth.clickChances(of: [stranger, filler, j])[2])
          pairs += 1
        }
      }
    }
    #expect(pairs > 100)
  }

  @Test func withoutContextTermsTheChancesAreThoseOfTheItems() {
    var c = FeedWorldConfiguration()
    c.items = 200
    c.users = 10
    (c.shopRedundancy, c.categoryRedundancy, c.contrast, c.kindContrast) = (0, 0, 0, 0)
    c.positionBias = 0
    let world = FeedWorld(c)
    let truth = world.truth(for: world.request(0))
    let alone = (0..<10).map { truth.clickChances(of: [$0])[0] }
    #expect(truth.clickChances(of: Array(0..<10)) == alone)
  }

  @Test func anEmptyListExpectsNothing() {
    let world = FeedTruthTests.world
    let expected = world.expectedFeedback(for: world.request(0), list: [])
    #expect(expected == ["click": [], "like": [], "dwell": []])
  }
}
