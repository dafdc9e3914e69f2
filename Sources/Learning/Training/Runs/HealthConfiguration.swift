package import ConfigurationFields

/// When training counts as collapsed. See `HealthWatch` for what is compared with what.
package struct HealthConfiguration: Configurable {
  package var warmupSteps = 50
  package var entropyFloor = 0.02
  package var entropySteps = 50
  package var betterShareFloor = 0.5
  package var rewardDrop = 0.5
  package var rewardSteps = 100
  package var rewardWindow = 20
  package var gradientFactor = 100.0
  package var gradientFloor = 100.0
  package var gradientSteps = 20

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "warmup_steps", \.warmupSteps,
      "Steps at the start whose mean reward and gradient norm are the levels to compare with.",
      .atLeast(1), unit: "steps"),
    .init(
      "entropy_floor", \.entropyFloor,
      "Entropy per placed item under which lists hardly vary any more.", .atLeast(0), unit: "nats"),
    .init(
      "entropy_steps", \.entropySteps,
      "Consecutive steps under entropy_floor that are too many, while fewer lists than "
        + "better_share_floor says beat the logged ones.", .atLeast(1), unit: "steps"),
    .init(
      "better_share_floor", \.betterShareFloor,
      "Share of lists that beat the logged ones from which on lists that hardly vary are no fault.",
      .within(0...1)),
    .init(
      "reward_drop", \.rewardDrop,
      "Fall of the reward's moving average under its starting level that is too deep. Utilities are "
        + "divided by their scales, so 1 is about one standard deviation.", .atLeast(0)),
    .init(
      "reward_steps", \.rewardSteps, "Consecutive steps of such a fall that are too many.",
      .atLeast(1), unit: "steps"),
    .init(
      "reward_window", \.rewardWindow,
      "Steps over which the moving average forgets all but 1/e of what was before.", .atLeast(1),
      unit: "steps"),
    .init(
      "gradient_factor", \.gradientFactor,
      "Gradient norm before clipping, as a multiple of its starting level, that is too large if it is "
        + "also above gradient_floor.", .atLeast(0)),
    .init(
      "gradient_floor", \.gradientFloor, "Gradient norm up to which none is too large.",
      .atLeast(0)),
    .init(
      "gradient_steps", \.gradientSteps, "Consecutive steps of such norms that are too many.",
      .atLeast(1), unit: "steps"),
  ]

  /// All faults, each a sentence that names the key, its value and what is expected.
  package func validate() -> [String] { faults().map(\.description) }
}
