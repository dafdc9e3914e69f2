/// When training counts as collapsed. See `HealthWatch` for what is compared with what.
public struct HealthConfiguration: Codable, Equatable, Sendable {
  /// Steps at the start whose mean reward and gradient norm are the levels to compare with.
  public var warmupSteps = 50
  /// Entropy per placed item, in nats, under which the policy hardly varies any more.
  public var entropyFloor = 0.02
  /// Consecutive steps under `entropyFloor` that are too many...
  public var entropySteps = 50
  /// ...while less than this share of the lists beats the logged one.
  public var betterShareFloor = 0.5
  /// Fall of the reward's moving average under its starting level that is too deep, in units of
  /// reward; utilities are divided by their scales, so 1 is about one standard deviation.
  public var rewardDrop = 0.5
  /// Consecutive steps of such a fall that are too many.
  public var rewardSteps = 100
  /// Steps over which the moving average forgets all but 1/e.
  public var rewardWindow = 20
  /// Gradient norm before clipping, as a multiple of its starting level, that is too large...
  public var gradientFactor = 100.0
  /// ...if it is also above this.
  public var gradientFloor = 100.0
  /// Consecutive steps of such norms that are too many.
  public var gradientSteps = 20

  public init() {}

  enum CodingKeys: String, CodingKey, CaseIterable {
    case warmupSteps = "warmup_steps"
    case entropyFloor = "entropy_floor"
    case entropySteps = "entropy_steps"
    case betterShareFloor = "better_share_floor"
    case rewardDrop = "reward_drop"
    case rewardSteps = "reward_steps"
    case rewardWindow = "reward_window"
    case gradientFactor = "gradient_factor"
    case gradientFloor = "gradient_floor"
    case gradientSteps = "gradient_steps"
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ field: inout T) throws {
      field = try values.decodeIfPresent(T.self, forKey: key) ?? field
    }
    try read(.warmupSteps, &warmupSteps)
    try read(.entropyFloor, &entropyFloor)
    try read(.entropySteps, &entropySteps)
    try read(.betterShareFloor, &betterShareFloor)
    try read(.rewardDrop, &rewardDrop)
    try read(.rewardSteps, &rewardSteps)
    try read(.rewardWindow, &rewardWindow)
    try read(.gradientFactor, &gradientFactor)
    try read(.gradientFloor, &gradientFloor)
    try read(.gradientSteps, &gradientSteps)
  }

  /// All faults, each a sentence that names the key, its value and what is expected.
  public func validate() -> [String] {
    let counts: [(CodingKeys, Int)] = [
      (.warmupSteps, warmupSteps), (.entropySteps, entropySteps), (.rewardSteps, rewardSteps),
      (.rewardWindow, rewardWindow), (.gradientSteps, gradientSteps),
    ]
    let levels: [(CodingKeys, Double)] = [
      (.entropyFloor, entropyFloor), (.betterShareFloor, betterShareFloor),
      (.rewardDrop, rewardDrop), (.gradientFactor, gradientFactor),
      (.gradientFloor, gradientFloor),
    ]
    var faults = counts.filter { $0.1 < 1 }.map {
      "\($0.0.rawValue): expected a number of steps from 1 on, got \($0.1)"
    }
    faults += levels.filter { !($0.1 >= 0) }.map {
      "\($0.0.rawValue): expected a number from 0 on, got \($0.1)"
    }
    if betterShareFloor > 1 {
      faults.append("better_share_floor: expected a share up to 1, got \(betterShareFloor)")
    }
    return faults
  }
}
