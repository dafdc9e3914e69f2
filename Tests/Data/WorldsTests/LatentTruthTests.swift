import Foundation
import RandomStreams
import Sessions
import Testing
import Worlds

@Suite struct LatentTruthTests {
  private static let world = LatentWorld(LatentWorldConfiguration())

  /// Small, with features that show the rotated hidden vectors as they are.
  private static func clear(
    _ change: (inout LatentWorldConfiguration) -> Void = { _ in }
  ) -> LatentWorld {
    var c = LatentWorldConfiguration()
    (c.users, c.items, c.featureNoise, c.priceContrast) = (20, 400, 0, 0)
    change(&c)
    return LatentWorld(c)
  }

  private func vector(_ candidate: Candidate) -> [Double] {
    (0..<8).map { candidate.features["x\($0)"]?.number ?? .nan }
  }

  private func cosine(_ a: Candidate, _ b: Candidate) -> Double {
    zip(vector(a), vector(b)).map { $0 * $1 }.reduce(0, +)
  }

  @Test(arguments: [0, 11, 222])
  func simulatedUsersAgreeWithTheClosedForm(index: Int) {
    let world = LatentTruthTests.world
    let request = world.request(index)
    let draws = 40_000
    var stream = RandomStream(seed: 9, "monte carlo", request: UInt64(index))
    let list = Array(stream.permutation(40).prefix(8))
    var sums: [String: [Double]] = [:]
    for _ in 0..<draws {
      for (kind, slots) in world.respond(to: request, list: list, using: &stream) {
        for (slot, value) in slots.enumerated() {
          sums[kind, default: [Double](repeating: 0, count: 8)][slot] += Double(value)
        }
      }
    }
    let expected = world.expectedFeedback(for: request, list: list)
    #expect(LatentWorld.feedback == ["click", "buy"])
    for kind in LatentWorld.feedback {
      for slot in 0..<8 {
        let mean = (sums[kind]?[slot] ?? .nan) / Double(draws)
        let truth = Double(expected[kind]?[slot] ?? .nan)
        let error = (truth * (1 - truth) / Double(draws)).squareRoot()
        #expect(abs(mean - truth) < 4 * error, "\(kind) \(slot): \(mean), \(truth)")
      }
    }
  }

  /// What an item above costs is the squared cosine of the hidden vectors, as a rotation keeps it.
  @Test(arguments: 0..<10)
  func likeItemsAboveCostClicksByTheirHiddenLikeness(index: Int) {
    let world = LatentTruthTests.clear()
    let request = world.request(index)
    let truth = world.truth(for: request)
    func logOdds(_ list: [Int], _ slot: Int) -> Double {
      let a = truth.attractions(of: list)[slot]
      return log(a / (1 - a))
    }
    for own in 1..<40 {
      let cosine = max(0, cosine(request.candidates[0], request.candidates[own]))
      let cost = logOdds([own], 0) - logOdds([0, own], 1)
      #expect(abs(cost - world.configuration.redundancy * cosine * cosine) < 0.02)
      // Costs add up, and what stands below costs nothing.
      let other = own == 1 ? 2 : 1
      let both = logOdds([own], 0) - logOdds([0, other, own], 2)
      #expect(abs(both - cost - (logOdds([own], 0) - logOdds([other, own], 1))) < 1e-9)
      #expect(logOdds([own, 0], 0) == logOdds([own], 0))
    }
  }

  @Test func twoLikeItemsEarnLessThanTwoUnlikeOnes() {
    // Everything is equally attractive alone, so that likeness is all there is.
    let world = LatentTruthTests.clear { ($0.preferenceWeight, $0.qualityWeight) = (0, 0) }
    for index in 0..<20 {
      let request = world.request(index)
      let truth = world.truth(for: request)
      let byLikeness = (0..<40).sorted {
        cosine(request.candidates[0], request.candidates[$0])
          > cosine(request.candidates[0], request.candidates[$1])
      }
      func clicks(_ list: [Int]) -> Double { truth.clickChances(of: list).reduce(0, +) }
      #expect(clicks([0, byLikeness[1]]) < clicks([0, byLikeness[39]]))
    }
  }

  @Test func anEqualShopSaysLittleAboutLikeness() {
    let world = LatentTruthTests.clear { $0.nearShare = 0 }
    var sums = [Bool: (likeness: Double, count: Double)]()
    for index in 0..<200 {
      let candidates = world.request(index).candidates
      for i in candidates.indices {
        for j in 0..<i {
          let likeness = max(0, cosine(candidates[i], candidates[j]))
          let isSame = candidates[i].features["shop"] == candidates[j].features["shop"]
          let sum = sums[isSame] ?? (0, 0)
          sums[isSame] = (sum.likeness + likeness * likeness, sum.count + 1)
        }
      }
    }
    let same = sums[true].map { $0.likeness / $0.count } ?? .nan
    let other = sums[false].map { $0.likeness / $0.count } ?? .nan
    #expect(same < 2.5 * other && same > other, "\(same) against \(other)")
  }

  @Test(arguments: 0..<10)
  func readersLeaveOnTheirWayDown(index: Int) {
    let world = LatentTruthTests.world
    let request = world.request(index)
    let truth = world.truth(for: request)
    let list = Array(0..<8)
    let (read, attractions) = (truth.exposures(of: list), truth.attractions(of: list))
    #expect(read[0] == 1)
    for slot in 1..<8 {
      let a = attractions[slot - 1]
      let stays = a * (1 - 0.15) + (1 - a) * (1 - 0.1 * (1 - a))
      #expect(abs(read[slot] - read[slot - 1] * stays) < 1e-12)
    }
    #expect(
      zip(truth.clickChances(of: list), zip(read, attractions)).allSatisfy {
        $0 == $1.0 * $1.1
      })
  }

  @Test func aDearerItemBelowACheapOneLosesAndAnEqualOneDoesNot() {
    let world = LatentTruthTests.clear { ($0.redundancy, $0.priceContrast) = (0, 0.4) }
    let request = world.request(0)
    let truth = world.truth(for: request)
    let prices = request.candidates.map { $0.features["price"]?.number ?? .nan }
    for own in 1..<40 {
      let a = truth.attractions(of: [0, own])[1]
      let alone = truth.appeal[own]
      let loss = alone - log(a / (1 - a))
      #expect(abs(loss - 0.4 * max(0, log(prices[own] / prices[0]))) < 2e-3)
    }
  }

  @Test func anEmptyListExpectsNothing() {
    let world = LatentTruthTests.world
    let expected = world.expectedFeedback(for: world.request(0), list: [])
    #expect(expected == ["click": [], "buy": []])
  }
}
