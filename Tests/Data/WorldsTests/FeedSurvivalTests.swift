import RandomStreams
import Sessions
import Testing
import Worlds

@Suite struct FeedSurvivalTests {
  private static let world: FeedWorld = {
    var configuration = FeedWorldConfiguration()
    configuration.survival = true
    configuration.candidates = 20
    configuration.users = 200
    return FeedWorld(configuration)
  }()

  @Test func whatIsNotReachedIsNotKnown() {
    let sessions = (0..<100).map { Self.world.session($0) }
    for session in sessions {
      let onward = session.feedback["has_next"] ?? []
      let left = onward.firstIndex(of: 0) ?? onward.count - 1
      #expect(session.reached == left + 1)
      for values in session.feedback.values {
        #expect(values.indices.allSatisfy { values[$0].isNaN == ($0 > left) })
      }
      #expect(session.faults().isEmpty)
    }
    #expect(sessions.contains { $0.reached < 3 } && sessions.contains { $0.reached == 10 })
  }

  /// The product of the mean chances to go on is how often a place is reached.
  @Test func placesAreReachedAsTheTruthSays() {
    let request = Self.world.request(3)
    let list = Array(0..<8)
    let expected = Self.world.expectedFeedback(for: request, list: list)
    let onward = (expected["has_next"] ?? []).map(Double.init)
    let reached = onward.dropLast().reduce(1, *)
    let clicks = Double((expected["click"] ?? [])[7])
    var (count, clicked) = (0, 0)
    let draws = 20_000
    for draw in 0..<draws {
      var stream = RandomStream(seed: 5, "survival", request: UInt64(draw))
      let feedback = Self.world.respond(to: request, list: list, using: &stream)
      let click = (feedback["click"] ?? [])[7]
      if !click.isNaN { count += 1 }
      if click == 1 { clicked += 1 }
    }
    let share = Double(count) / Double(draws)
    #expect(abs(share - reached) < 4 * (reached / Double(draws)).squareRoot())
    #expect(abs(Double(clicked) / Double(count) - clicks) < 4 * (0.25 / Double(count)).squareRoot())
  }

  @Test func whatIsLoadedOnASlowNetworkKeepsPeople() {
    var request = Self.world.request(0)
    func stays(_ network: String, loaded: Double) -> Float {
      request.context["network"] = .text(network)
      for i in request.candidates.indices {
        request.candidates[i].features["loaded"] = .number(loaded)
      }
      return (Self.world.expectedFeedback(for: request, list: [0, 1])["has_next"] ?? [0])[0]
    }
    #expect(stays("3g", loaded: 0) < stays("3g", loaded: 0.5))
    #expect(stays("3g", loaded: 1) == stays("wifi", loaded: 0))
  }

  @Test func withoutItNothingIsDifferent() {
    var configuration = FeedWorldConfiguration()
    configuration.candidates = 20
    configuration.users = 200
    let plain = FeedWorld(configuration).session(7)
    #expect(Set(plain.feedback.keys) == ["click", "like", "dwell"])
    #expect(plain.request.context["network"] == nil)
    var same = Self.world.session(7).request
    same.context["network"] = nil
    for i in same.candidates.indices { same.candidates[i].features["loaded"] = nil }
    #expect(same == plain.request)
  }
}
