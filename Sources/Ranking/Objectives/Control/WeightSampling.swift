package import ConfigurationFields
package import RandomStreams

/// The law from which training draws w, one per request: a mixture of four.
///
/// The paper (arXiv 2306.05118) draws each weight independently, which after normalisation hardly
/// ever comes near a corner; corners and single objectives are what operators ask for.
package struct WeightSampling: Configurable {
  package var corners: Double = 0.4
  package var uniform: Double = 0.4
  package var single: Double = 0.2
  package var independent: Double = 0
  package var cornerConcentration: Double = 0.3
  /// Nil draws.
  package var fixed: [Double]?

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "corners", \.corners,
      "Share of draws near the corners and edges of the simplex, where one or two objectives count "
        + "for nearly all. The four shares need not sum to 1.", .atLeast(0)),
    .init(
      "uniform", \.uniform, "Share of draws from anywhere on the simplex, all weights alike.",
      .atLeast(0)),
    .init(
      "single", \.single, "Share of draws of one objective alone, each as often.", .atLeast(0)),
    .init(
      "independent", \.independent,
      "Share of draws by the paper's law: each weight uniform between 0 and 1 by itself, then divided "
        + "by their sum.", .atLeast(0)),
    .init(
      "fixed", \.fixed,
      "The same weights in every draw, in the order of the objectives, for a specialist; only their "
        + "proportions matter. By default weights are drawn.", .atLeast(0)),
    .init(
      "corner_concentration", \.cornerConcentration,
      "Concentration of the Dirichlet law of the corner draws; smaller is closer to the corners.",
      .above(0)),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if ![corners, uniform, single, independent].contains(where: { $0 > 0 }) {
      faults.append(
        ConfigurationFault(
          "", expected: "a share above 0 for corners, uniform, single or independent", got: "none"))
    }
    if let fixed, !fixed.contains(where: { $0 > 0 }) {
      faults.append(ConfigurationFault("fixed", expected: "a weight above 0", got: "\(fixed)"))
    }
    return faults
  }

  /// All faults at once; empty when the law is sound.
  package func validate() -> [String] { faults().map(\.description) }

  /// One w for `count` objectives: finite, >= 0, sums to 1.
  package func sample(count: Int, using stream: inout RandomStream) -> [Float] {
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

  /// The normalised weights that `sample` gives the objective at `index`, of `count`.
  package func range(of index: Int, among count: Int) -> ClosedRange<Double> {
    if let fixed, fixed.count == count {
      let weight = Double(Weights(values: fixed.map { Float($0) }).values[index])
      return weight...weight
    }
    return count == 1 ? 1...1 : 0...1
  }

  private func dirichlet(
    _ concentration: Double, _ count: Int, _ stream: inout RandomStream
  ) -> [Float] {
    stream.dirichlet([Double](repeating: concentration, count: count)).map { Float($0) }
  }
}
