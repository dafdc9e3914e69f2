import Foundation
import Sessions
import Testing
import Worlds

@Suite struct FeedUpstreamTests {
  private func world(_ upstream: UpstreamConfiguration?) -> FeedWorld {
    var configuration = FeedWorldConfiguration()
    (configuration.candidates, configuration.listLength) = (20, 6)
    configuration.upstream = upstream
    return FeedWorld(configuration)
  }

  private func retrained(_ kinds: [String] = []) -> UpstreamConfiguration {
    var upstream = UpstreamConfiguration()
    (upstream.retrainedAt, upstream.kinds) = (50, kinds)
    return upstream
  }

  private func logOdds(_ candidate: Candidate) -> Double {
    let p = candidate.features["ctr_score"]?.number ?? 0
    return log(p / (1 - p))
  }

  @Test func theRetrainedModelSaysTheSameWithTwiceTheOdds() {
    let (before, after) = (world(UpstreamConfiguration()), world(retrained()))
    #expect(before.session(20) == after.session(20))
    let (old, new) = (before.session(60), after.session(60))
    for (a, b) in zip(old.request.candidates, new.request.candidates) {
      #expect(abs(logOdds(b) - logOdds(a) - log(2)) < 1e-3)
      #expect(a.features["ctr_version"] == .text("v1") && b.features["ctr_version"] == .text("v2"))
    }
    // Users and the logging policy do not know which model scored.
    #expect(old.shown == new.shown && old.feedback == new.feedback)
  }

  @Test func onlySomeKindsMayBeRetrained() {
    let session = world(retrained(["video"])).session(60)
    for candidate in session.request.candidates {
      let isVideo = candidate.features["kind"] == .text("video")
      #expect(candidate.features["ctr_version"] == .text(isVideo ? "v2" : "v1"))
    }
  }

  @Test func withoutItTheWorldIsAsItWas() {
    let (plain, with) = (world(nil).session(7), world(UpstreamConfiguration()).session(7))
    #expect(plain.shown == with.shown)
    for (a, b) in zip(plain.request.candidates, with.request.candidates) {
      #expect(a.features == b.features.filter { !$0.key.hasPrefix("ctr_") })
    }
  }

  /// The model knows nothing of how items were chosen for the places where they were seen.
  @Test func scoresAreBelowTheChancesOfALog() {
    var (predicted, observed) = (0.0, 0.0)
    let world = world(UpstreamConfiguration())
    for number in 0..<600 {
      let session = world.session(number)
      for (place, item) in session.shown.enumerated() {
        predicted += session.request.candidates[item].features["ctr_score"]?.number ?? 0
        observed += Double(session.feedback["click"]?[place] ?? 0)
      }
    }
    #expect((0.5...0.85).contains(predicted / observed))
  }

  @Test func unknownKindsAreFaults() {
    var configuration = FeedWorldConfiguration()
    configuration.upstream = retrained(["books"])
    #expect(configuration.validate().contains { $0.contains("product, video, live") })
  }
}
