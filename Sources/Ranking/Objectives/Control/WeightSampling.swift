import RandomStreams

/// The law from which training draws w, one per request: a mixture of four.
///
/// The paper (arXiv 2306.05118) draws each weight independently, which after normalisation hardly
/// ever comes near a corner; corners and single objectives are what operators ask for.
public struct WeightSampling: Codable, Sendable, Equatable {
  /// Share of Dirichlet draws near the corners and edges of the simplex.
  public var corners: Double = 0.4
  /// Share of draws uniform over the simplex, Dirichlet(1).
  public var uniform: Double = 0.4
  /// Share of single objectives, each as often.
  public var single: Double = 0.2
  /// Share of the paper's law: each weight uniform in (0, 1), then normalised.
  public var independent: Double = 0
  /// Concentration of the corner draws, above 0; smaller is closer to the corners.
  public var cornerConcentration: Double = 0.3
  /// The same weights in every draw, for a specialist; only their proportions matter. Nil draws.
  public var fixed: [Double]?

  public init() {}

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func read(_ key: CodingKeys, _ value: inout Double) throws {
      value = try container.decodeIfPresent(Double.self, forKey: key) ?? value
    }
    try read(.corners, &corners)
    try read(.uniform, &uniform)
    try read(.single, &single)
    try read(.independent, &independent)
    try read(.cornerConcentration, &cornerConcentration)
    fixed = try container.decodeIfPresent([Double].self, forKey: .fixed)
  }

  /// All faults at once; empty when the law is sound.
  public func validate() -> [String] {
    var faults: [String] = []
    let named = [
      ("corners", corners), ("uniform", uniform), ("single", single), ("independent", independent),
    ]
    for (name, share) in named where !(share >= 0 && share.isFinite) {
      faults.append("\(name) is \(share); expected a share >= 0")
    }
    if !named.contains(where: { $0.1 > 0 }) {
      faults.append("corners, uniform, single and independent are all 0; give one a share above 0")
    }
    if let fixed,
      !fixed.allSatisfy({ $0 >= 0 && $0.isFinite }) || !fixed.contains(where: { $0 > 0 })
    {
      faults.append("fixed is \(fixed); expected numbers >= 0, not all 0")
    }
    if !(cornerConcentration > 0 && cornerConcentration.isFinite) {
      faults.append("corner_concentration is \(cornerConcentration); expected a number above 0")
    }
    return faults
  }

  /// One w for `count` objectives: finite, >= 0, sums to 1.
  public func sample(count: Int, using stream: inout RandomStream) -> [Float] {
    precondition(count > 0, "weights need at least one objective")
    if let fixed {
      precondition(fixed.count == count, "\(fixed.count) fixed weights for \(count) objectives")
      return Weights(values: fixed.map { Float($0) }).values
    }
    var pick = stream.uniform() * (corners + uniform + single + independent)
    pick -= corners
    if pick < 0 { return dirichlet(cornerConcentration, count, &stream) }
    pick -= uniform
    if pick < 0 { return dirichlet(1, count, &stream) }
    pick -= single
    if pick < 0 || independent == 0 {
      let chosen = stream.below(count)
      return (0..<count).map { $0 == chosen ? 1 : 0 }
    }
    // 1 - uniform is above 0, so the sum is.
    return Weights(values: (0..<count).map { _ in Float(1 - stream.uniform()) }).values
  }

  private func dirichlet(
    _ concentration: Double, _ count: Int, _ stream: inout RandomStream
  ) -> [Float] {
    stream.dirichlet([Double](repeating: concentration, count: count)).map { Float($0) }
  }

  private enum CodingKeys: String, CodingKey {
    case corners, uniform, single, independent, fixed
    case cornerConcentration = "corner_concentration"
  }
}
