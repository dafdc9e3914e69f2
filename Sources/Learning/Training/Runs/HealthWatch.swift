/// Watches a REINFORCE run for collapse, step by step; a pure function of what it is fed.
///
/// Collapsed means one of:
/// - a value that is not finite, at once;
/// - `entropy < entropy_floor` for `entropy_steps` steps in a row in which also
///   `share better < better_share_floor` (a sure policy that wins is no fault);
/// - `start - average > reward_drop` for `reward_steps` steps in a row, where start is the mean
///   reward of the warm-up and the average moves by 1 / `reward_window` a step;
/// - `gradient norm > max(gradient_floor, gradient_factor * start)` for `gradient_steps` in a row.
///
/// Reward and gradient are assessed only after the warm-up.
package struct HealthWatch: Equatable, Sendable {
  package let configuration: HealthConfiguration
  /// What a checkpoint keeps, to judge on as if never stopped.
  package private(set) var state: State

  package struct State: Codable, Equatable, Sendable {
    /// Steps seen so far.
    var steps = 0
    /// Means over the warm-up.
    var startReward = 0.0
    var startGradientNorm = 0.0
    /// The reward's moving average, from the end of the warm-up on.
    var averageReward = 0.0
    /// How many steps in a row each sign has been seen.
    var entropyRun = 0
    var rewardRun = 0
    var gradientRun = 0

    package init() {}

    enum CodingKeys: String, CodingKey {
      case steps
      case startReward = "start_reward"
      case startGradientNorm = "start_gradient_norm"
      case averageReward = "average_reward"
      case entropyRun = "entropy_run"
      case rewardRun = "reward_run"
      case gradientRun = "gradient_run"
    }
  }

  package init(configuration: HealthConfiguration = HealthConfiguration(), state: State = State()) {
    let faults = configuration.validate()
    precondition(faults.isEmpty, faults.joined(separator: "; "))
    self.configuration = configuration
    self.state = state
  }

  /// Assesses the run with one more step. A sample that is not finite leaves the state as it was.
  package mutating func observe(_ sample: HealthSample) -> HealthVerdict {
    let quantities = [
      ("reward", sample.reward), ("entropy", sample.entropy),
      ("gradient norm", sample.gradientNorm), ("share of better lists", sample.shareBetter),
    ]
    if let sick = quantities.first(where: { !$0.1.isFinite }) {
      return .collapsed(reason: .notFinite(quantity: sick.0))
    }
    state.steps += 1
    let reasons = [entropyReason(sample), rewardReason(sample), gradientReason(sample)]
    return reasons.compactMap(\.self).first.map { .collapsed(reason: $0) } ?? .healthy
  }

  private mutating func entropyReason(_ sample: HealthSample) -> CollapseReason? {
    let sick =
      sample.entropy < configuration.entropyFloor
      && sample.shareBetter < configuration.betterShareFloor
    state.entropyRun = sick ? state.entropyRun + 1 : 0
    guard state.entropyRun >= configuration.entropySteps else { return nil }
    return .entropyLost(
      entropy: sample.entropy, floor: configuration.entropyFloor,
      shareBetter: sample.shareBetter, steps: state.entropyRun)
  }

  private mutating func rewardReason(_ sample: HealthSample) -> CollapseReason? {
    guard state.steps > configuration.warmupSteps else {
      state.startReward += (sample.reward - state.startReward) / Double(state.steps)
      state.averageReward = state.startReward
      return nil
    }
    let step = 1 / Double(configuration.rewardWindow)
    state.averageReward += (sample.reward - state.averageReward) * step
    let sick = state.startReward - state.averageReward > configuration.rewardDrop
    state.rewardRun = sick ? state.rewardRun + 1 : 0
    guard state.rewardRun >= configuration.rewardSteps else { return nil }
    return .rewardFell(
      start: state.startReward, average: state.averageReward, steps: state.rewardRun)
  }

  private mutating func gradientReason(_ sample: HealthSample) -> CollapseReason? {
    guard state.steps > configuration.warmupSteps else {
      state.startGradientNorm +=
        (sample.gradientNorm - state.startGradientNorm) / Double(state.steps)
      return nil
    }
    let limit = max(
      configuration.gradientFloor, configuration.gradientFactor * state.startGradientNorm)
    state.gradientRun = sample.gradientNorm > limit ? state.gradientRun + 1 : 0
    guard state.gradientRun >= configuration.gradientSteps else { return nil }
    return .gradientExploded(
      norm: sample.gradientNorm, limit: limit, steps: state.gradientRun)
  }
}
