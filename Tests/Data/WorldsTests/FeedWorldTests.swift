import Foundation
import Objectives
import RandomStreams
import Sessions
import Testing
import WorldTruth
import Worlds

@Suite struct FeedWorldTests {
  private let small: FeedWorldConfiguration = {
    var c = FeedWorldConfiguration()
    c.users = 40
    c.items = 300
    return c
  }()

  @Test func aSessionDependsOnTheConfigurationAndItsIndexOnly() {
    let world = FeedWorld(small)
    let forwards = (0..<5).map { world.session($0) }
    let rebuilt = FeedWorld(small)
    #expect((0..<5).reversed().map { rebuilt.session($0) }.reversed() == forwards)
    #expect(world.request(3) == forwards[3].request)
    var other = small
    other.seed = 2
    #expect(FeedWorld(other).session(3) != forwards[3])
  }

  @Test func sameIdsMeanTheSameTruthInARebuiltWorldAndAfterAFile() {
    let request = FeedWorld(small).request(7)
    // Nothing but ids and context: what a log that lost its features would leave.
    let bare = Request(
      id: "copy", user: User(id: request.user.id), context: request.context,
      candidates: request.candidates.map { Candidate(id: $0.id) })
    let list = [3, 1, 4, 15, 9]
    #expect(
      FeedWorld(small).expectedFeedback(for: bare, list: list)
        == FeedWorld(small).expectedFeedback(for: request, list: list))
  }

  @Test(arguments: 0..<20)
  func sessionsAreWellFormed(index: Int) {
    let session = FeedWorld(small).session(index * 37)
    let ids = session.request.candidates.map(\.id)
    #expect(ids.count == 50 && Set(ids).count == 50)
    #expect(session.shown.count == 10 && Set(session.shown).count == 10)
    #expect(Set(session.feedback.keys) == ["click", "like", "dwell"])
    #expect(session.propensity?.allSatisfy { $0 > 0 && $0 <= 1 } ?? false)
    for slot in 0..<10 {
      let click = session.feedback["click"]?[slot] ?? .nan
      let like = session.feedback["like"]?[slot] ?? .nan
      let dwell = session.feedback["dwell"]?[slot] ?? .nan
      #expect(like <= click && (dwell == 0) == (click == 0))
    }
  }

  @Test func featuresStandOnlyWhereTheyApply() {
    let world = FeedWorld(small)
    for candidate in (0..<20).flatMap({ world.request($0).candidates }) {
      let features = candidate.features
      let kind = features["kind"]
      #expect((features["price"] != nil) == (kind == .text("product")))
      #expect((features["duration"] != nil) == (kind == .text("video")))
      #expect((features["viewers"] != nil) == (kind == .text("live")))
      let cold = (features["age_days"]?.number ?? .nan) < 7
      #expect(features["is_cold"] == .flag(cold) || features["age_days"]?.number == 7)
      #expect((features["rating"] == nil) == (features["is_cold"] == .flag(true)))
      #expect((0...1).contains(features["score"]?.number ?? .nan))
      #expect((0...4).contains(features["priority"]?.number ?? .nan))
    }
  }

  @Test func candidatesVaryOnlyWhenAsked() {
    var c = small
    c.varyCandidates = true
    let world = FeedWorld(c)
    let counts = (0..<200).map { world.request($0).candidates.count }
    #expect(counts.allSatisfy { (25...75).contains($0) })
    #expect(Set(counts).count > 20)
  }

  @Test func itemsAgeWithTimeAndAreRelaunched() {
    var c = small
    c.sessionsPerDay = 1
    let world = FeedWorld(c)
    var ages: [String: (day: Int, age: Double)] = [:]
    var relaunched = 0
    for day in 0..<130 {
      for candidate in world.request(day).candidates {
        let age = candidate.features["age_days"]?.number ?? .nan
        if let before = ages[candidate.id] {
          let passed = Double(day - before.day)
          let isSame = abs(age - before.age - passed) < 0.02
          let isNew = abs(age - before.age - passed + 120) < 0.02
          #expect(isSame || isNew)
          if isNew { relaunched += 1 }
        }
        ages[candidate.id] = (day, age)
      }
    }
    #expect(relaunched > 0)
  }

  @Test func aForeignRequestIsRefusedByName() {
    let world = FeedWorld(small)
    var request = world.request(0)
    #expect(throws: Never.self) { try world.check(request) }
    request.candidates[2].id = "i300"
    let fault = #expect(throws: ForeignRequestError.self) { try world.check(request) }
    #expect(
      fault?.description.contains("\"i300\" is not in this world; expected i0 to i299") ?? false)
    request = world.request(0)
    request.user.id = "somebody"
    #expect(throws: ForeignRequestError.unknownUser("somebody", request: "r0", users: 40)) {
      try world.check(request)
    }
  }

  @Test func trueUtilitiesAreTheObjectivesOfTheExpectedFeedback() throws {
    let world = FeedWorld(small)
    let set = try ObjectiveSet(FeedWorld.objectives)
    let request = world.request(1)
    let list = Array(0..<10)
    let utilities = world.utilities(set, of: list, for: request)
    let expected = world.expectedFeedback(for: request, list: list)
    #expect(utilities[0] == expected["click"]?.reduce(0, +))
    #expect(utilities[1] == expected["like"]?.reduce(0, +))
    let cold = list.count { request.candidates[$0].features["is_cold"] == .flag(true) }
    #expect(abs(utilities[2] - Float(cold) / 10) < 1e-6)
  }
}
