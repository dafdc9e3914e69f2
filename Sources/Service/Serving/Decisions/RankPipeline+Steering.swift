import JSON
import ListPolicy
import Sessions
import Steering

/// Who chooses w.
extension RankPipeline {
  /// The request with all its choices made, and who made that of w: the request itself, else the
  /// first rule that matches, else the default. Controllers move what the service chose, never what
  /// a request asks for.
  func steered(
    _ request: RankRequest, _ scanned: ScannedRequest?, at time: Double
  ) throws(RankErrors) -> (RankRequest, AppliedSteering) {
    let excesses = request.excesses(over: configuration.limits)
    guard excesses.isEmpty else { throw RankErrors(excesses) }
    let choice = try choice(request, scanned, at: time)
    var chosen = request
    let preset = choice.preset.flatMap { configuration.steering.presets[$0] }
    if let preset { chosen.weights = preset.weights }
    chosen.strategy = request.strategy ?? preset?.strategy ?? configuration.strategy
    var resolved = try chosen.resolved(for: model, configuration)
    for (name, price) in controllers.prices where ranker != nil {
      // What a request asks for stands.
      let asked = resolved.channels[name]?.price
      resolved.channels[name, default: ChannelBounds()].price = asked ?? price
    }
    guard choice.rule != SteeringChoice.byRequest, !controllers.isEmpty, ranker != nil else {
      return (resolved, AppliedSteering(choice: choice))
    }
    resolved.weights = resolved.weights.map(controllers.applied)
    let controlled = controllers.objectives
    return (
      resolved,
      AppliedSteering(
        choice: choice, controlled: controlled,
        asked: (preset?.weights ?? [:]).filter { controlled.contains($0.key) })
    )
  }

  private func choice(
    _ request: RankRequest, _ scanned: ScannedRequest?, at time: Double
  ) throws(RankErrors) -> SteeringChoice {
    if request.weights != nil { return SteeringChoice(rule: SteeringChoice.byRequest) }
    if let name = request.preset {
      let presets = configuration.steering.presets
      guard presets[name] != nil else {
        let known = presets.keys.sorted().joined(separator: ", ")
        throw RankErrors([
          RankError(
            at: "/preset", expected: known.isEmpty ? "no preset, there is none" : "one of \(known)",
            got: "\"\(name)\"")
        ])
      }
      return SteeringChoice(rule: SteeringChoice.byPreset, preset: name)
    }
    var (user, context) = (request.user.features, request.context)
    if let scanned, steering.readsFeatures {
      user = scanned.features(scanned.userFeatures)
      context = scanned.features(scanned.contextFeatures)
    }
    return steering.choose(userID: request.user.id, user: user, context: context, at: time)
  }
}

extension ScannedRequest {
  /// The features that stand at `range` of the body, which was read before.
  func features(_ range: Range<Int>) -> FeatureMap {
    guard !range.isEmpty, let json = try? JSONScanner.parse(Array(body[range])),
      let features = try? FeatureMap(json: json, pointer: "")
    else { return [:] }
    return features
  }
}

extension ServingConfiguration {
  /// Weights of requests that nobody steers, summing to 1: where controllers start.
  func startingWeights(_ objectives: [String]) -> [String: Double] {
    let equal = Dictionary(objectives.map { ($0, 1.0) }) { first, _ in first }
    let given =
      steering.default.flatMap { steering.presets[$0]?.weights } ?? defaultWeights ?? equal
    let sum = given.values.reduce(0, +)
    return sum > 0 && sum.isFinite ? given.mapValues { $0 / sum } : equal
  }
}
