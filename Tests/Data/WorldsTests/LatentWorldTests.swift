import Foundation
import Objectives
import RandomStreams
import Sessions
import Testing
import WorldTruth
import Worlds

@Suite struct LatentWorldTests {
  private let small: LatentWorldConfiguration = {
    var c = LatentWorldConfiguration()
    c.users = 40
    c.items = 300
    return c
  }()

  @Test func aSessionDependsOnTheConfigurationAndItsIndexOnly() {
    let world = LatentWorld(small)
    let forwards = (0..<5).map { world.session($0) }
    let rebuilt = LatentWorld(small)
    #expect((0..<5).reversed().map { rebuilt.session($0) }.reversed() == forwards)
    #expect(world.request(3) == forwards[3].request)
    var other = small
    other.seed = 2
    #expect(LatentWorld(other).session(3) != forwards[3])
  }

  @Test func theHiddenStateIsFoundAgainByTheIdsAlone() {
    let request = LatentWorld(small).request(7)
    let bare = Request(
      id: "copy", user: User(id: request.user.id), context: request.context,
      candidates: request.candidates.map { Candidate(id: $0.id) })
    let list = [3, 1, 4, 15, 9]
    #expect(
      LatentWorld(small).expectedFeedback(for: bare, list: list)
        == LatentWorld(small).expectedFeedback(for: request, list: list))
  }

  @Test(arguments: 0..<20)
  func sessionsAreWellFormed(index: Int) {
    let session = LatentWorld(small).session(index * 37)
    let ids = session.request.candidates.map(\.id)
    #expect(ids.count == 40 && Set(ids).count == 40)
    #expect(session.shown.count == 8 && Set(session.shown).count == 8)
    #expect(Set(session.feedback.keys) == ["click", "buy"])
    #expect(session.propensity?.allSatisfy { $0 > 0 && $0 <= 1 } ?? false)
    for slot in 0..<8 {
      let click = session.feedback["click"]?[slot] ?? .nan
      let buy = session.feedback["buy"]?[slot] ?? .nan
      #expect([0, 1].contains(click) && [0, 1].contains(buy) && buy <= click)
    }
    let features = Set(session.request.candidates[0].features.keys)
    let vector = (0..<8).map { "x\($0)" }
    #expect(features == Set(["price", "quality_seen", "score", "is_new", "shop"] + vector))
    #expect(session.request.user.features.keys.count == 9)
  }

  @Test func whatFeaturesShowIsTurnedAndNoisy() {
    var clear = small
    clear.featureNoise = 0
    let exact = LatentWorld(clear).request(0)
    let noisy = LatentWorld(small).request(0)
    #expect(exact.candidates.map(\.id) == noisy.candidates.map(\.id))
    var differences: [Double] = []
    for (a, b) in zip(exact.candidates, noisy.candidates) {
      let vector = (0..<8).map { a.features["x\($0)"]?.number ?? .nan }
      let length = vector.map { $0 * $0 }.reduce(0, +).squareRoot()
      #expect(abs(length - 1) < 2e-3)
      differences += (0..<8).map { (b.features["x\($0)"]?.number ?? .nan) - vector[$0] }
    }
    let spread = differences.map { $0 * $0 }.reduce(0, +) / Double(differences.count)
    #expect((0.08...0.12).contains(spread.squareRoot()))
  }

  @Test(arguments: [0, 0.3, 1])
  func theChancesOfEachLoggedStepSumToOne(exploration: Double) {
    var c = small
    c.exploration = exploration
    let world = LatentWorld(c)
    let logging = world.logging(for: world.request(1))
    for placed in [[], [2], [4, 0, 17]] {
      let chances = logging.chances(after: placed)
      #expect(abs(chances.reduce(0, +) - 1) < 1e-12)
      #expect(placed.allSatisfy { chances[$0] == 0 })
    }
  }

  @Test func aForeignRequestIsRefusedByName() {
    let world = LatentWorld(small)
    var request = world.request(0)
    #expect(throws: Never.self) { try world.check(request) }
    #expect(world.knows(request))
    request.candidates[2].id = "i300"
    let fault = #expect(throws: ForeignRequestError.self) { try world.check(request) }
    #expect(
      fault?.description.contains("\"i300\" is not in this world; expected i0 to i299") ?? false)
    #expect(!world.knows(request))
    // The other world has users and items of the same names.
    #expect(!world.knows(FeedWorld(FeedWorldConfiguration()).request(0)))
    #expect(!FeedWorld(FeedWorldConfiguration()).knows(world.request(0)))
  }

  @Test func trueUtilitiesAreTheObjectivesOfTheExpectedFeedback() throws {
    let world = LatentWorld(small)
    let set = try ObjectiveSet(LatentWorld.objectives)
    let request = world.request(1)
    let list = Array(0..<8)
    let utilities = world.utilities(set, of: list, for: request)
    let expected = world.expectedFeedback(for: request, list: list)
    #expect(utilities[0] == expected["click"]?.reduce(0, +))
    #expect(utilities[1] == expected["buy"]?.reduce(0, +))
    let new = list.count { request.candidates[$0].features["is_new"] == .flag(true) }
    #expect(abs(utilities[2] - Float(new) / 8) < 1e-6)
  }

  @Test func eventsTellClicksAndPurchases() {
    let world = LatentWorld(small)
    for session in (0..<20).map({ world.session($0) }) {
      let lines = world.eventLines(for: session)
      for kind in LatentWorld.feedback {
        let given = session.feedback[kind]?.count { $0 > 0 } ?? 0
        #expect(lines.count { $0.contains("\"type\":\"\(kind)\"") } == given)
      }
    }
  }
}
