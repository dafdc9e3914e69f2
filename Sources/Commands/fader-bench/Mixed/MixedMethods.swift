import Features
import ListPolicy
import ListRules
import MixedFeed
import Sessions

/// A way to mix a feed: lists for one request.
struct MixedMethod: Sendable {
  let name: String
  let list: @Sendable (_ session: Session, _ encoded: EncodedRequest) -> [Int]

  /// All that are compared, each under the same limits.
  ///
  /// - Parameters:
  ///   - places: from 1, of the method with fixed places.
  ///   - generator: of another family, which is given the limits as rules; nil for none.
  static func all(
    _ policy: MixedPolicy, weights: [Float], length: Int, places: [Int], generator: MixedCheckpoint?
  ) -> [MixedMethod] {
    func planned(
      _ name: String, _ change: (inout MixedConfiguration) -> Void
    ) -> MixedMethod {
      var policy = policy
      policy.configuration.referee = .none
      change(&policy.configuration)
      let planner = policy
      return MixedMethod(name: name) { _, encoded in
        planner.lists(
          RequestBatch([encoded]), weights: [planner.prepare(weights)], lengths: [length],
          constraints: nil)[0].items
      }
    }
    var methods = [
      MixedMethod(name: "logged") { session, _ in session.shown },
      planned("organic items only") { configuration in
        for channel in configuration.channels.indices {
          configuration.channels[channel].minimum = 0
          configuration.channels[channel].maximum = 0
        }
      },
      planned("fixed places") {
        $0.method = .fixed
        $0.places = places
      },
      planned("threshold rule") { $0.method = .threshold },
      planned("beam of 10") {
        $0.method = .beam
        $0.beamWidth = 10
      },
      planned("exact plan") { _ in },
      planned("exact, 8 plans, network as referee") { $0.referee = .surroundings },
      planned("exact, 8 plans, evaluators as referee") { $0.referee = .evaluators },
      planned("evaluators' differences, exact plan") { $0.values = .evaluators },
      planned("evaluators' differences, 8 plans, evaluators as referee") {
        $0.values = .evaluators
        $0.referee = .evaluators
      },
    ]
    if let generator {
      let free = byRules(generator, policy, weights, length)
      methods.append(free)
      if let order = policy.order { methods.append(remixed(free, policy, order, weights, length)) }
    }
    return methods
  }

  /// Re-ranking, then mixing: organic items in the order of another policy's lists, those that these lack behind
  /// them, and inserts where the best plan puts them.
  ///
  /// - Parameter order: place of the column that orders the policy's organic items.
  private static func remixed(
    _ other: MixedMethod, _ policy: MixedPolicy, _ order: Int, _ weights: [Float], _ length: Int
  ) -> MixedMethod {
    MixedMethod(name: "its products in its order, 8 plans, network as referee") {
      session, encoded in
      let isOrganic = CandidateColumn.organic(session.request.candidates, policy.channels)
      var ordered = encoded
      // Scores lie between 0 and 1.
      for (place, item) in other.list(session, encoded).enumerated() where isOrganic[item] {
        ordered.columns[order][item] = Float(2 + length - place)
      }
      return policy.lists(
        RequestBatch([ordered]), weights: [policy.prepare(weights)], lengths: [length],
        constraints: nil)[0].items
    }
  }

  /// The lists of another policy, which is told the channels' limits as list rules.
  private static func byRules(
    _ other: MixedCheckpoint, _ policy: MixedPolicy, _ weights: [Float], _ length: Int
  ) -> MixedMethod {
    let rules = policy.channels.flatMap(\.rules)
    let prepared = other.policy.prepare(weights)
    return MixedMethod(name: "\(type(of: other.policy).family) under list rules") { session, _ in
      let encoded = other.schema.encode(session.request)
      let constraints = DecodingConstraints(
        rules: PlacementRules(
          rules, candidates: session.request.candidates, length: length))
      return other.policy.lists(
        RequestBatch([encoded]), weights: [prepared], lengths: [length],
        constraints: [constraints])[0].items
    }
  }
}

extension CandidateColumn {
  /// Whether each candidate is of no channel: `[M]`.
  fileprivate static func organic(
    _ candidates: [Candidate], _ channels: [FeedChannelDescription]
  ) -> [Bool] {
    let flags = channels.map { CandidateColumn(.flag, of: $0.flag).values(of: candidates) }
    return candidates.indices.map { i in flags.allSatisfy { $0[i] == 0 } }
  }
}
