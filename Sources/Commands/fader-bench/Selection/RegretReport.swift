import Benchmarking

/// Means over requests for each seed, and over seeds with their standard deviation.
struct RegretReport {
  private let names: [String]
  /// `[seed][request][weighting]`
  private let results: [[[RegretMeasurement.Values]]]
  private let weightings: [String]
  /// Whose list is compared beside the best.
  private let own: String

  init(
    names: [String], weightings: [String], own: String, _ results: [[[RegretMeasurement.Values]]]
  ) {
    self.names = names
    self.weightings = weightings
    self.own = own
    self.results = results
  }

  /// Two tables in Markdown: a row per weighting, a column per cut.
  func show() {
    print("Regret of the best list, as a share of its gain over the logged list:")
    table(whole: nil) { ($0.best - $0.cutBest[$1], $0.best - $0.logged) }
    print("Gain of the \(own) over the logged one, as a share of the best list's:")
    table(
      whole: { ($0.policy - $0.logged, $0.best - $0.logged) },
      { ($0.cutPolicy[$1] - $0.logged, $0.best - $0.logged) })
  }

  private typealias Ratio = (of: Double, to: Double)

  private func table(
    whole: ((RegretMeasurement.Values) -> Ratio)?,
    _ ratio: (RegretMeasurement.Values, Int) -> Ratio
  ) {
    let columns = (whole == nil ? [] : ["all candidates"]) + names
    print("| w |", columns.joined(separator: " | "), "|")
    print("|---|" + columns.map { _ in "---:|" }.joined())
    func row(_ name: String, _ places: [Int]) {
      let own = whole.map { whole in [text(places) { whole($0) }] } ?? []
      let cells = own + names.indices.map { cut in text(places) { ratio($0, cut) } }
      print("| \(name) |", cells.joined(separator: " | "), "|")
    }
    for (place, name) in weightings.enumerated() { row(name, [place]) }
    row("mean of all", Array(weightings.indices))
  }

  /// Mean over the seeds, and their standard deviation.
  private func text(_ places: [Int], _ ratio: (RegretMeasurement.Values) -> Ratio) -> String {
    let seeds = results.map { requests in
      let shares = places.map { place in
        let parts = requests.map { ratio($0[place]) }
        return parts.reduce(0) { $0 + $1.of } / parts.reduce(0) { $0 + $1.to }
      }
      return shares.reduce(0, +) / Double(shares.count)
    }
    let mean = seeds.reduce(0, +) / Double(seeds.count)
    let squares = seeds.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let spread = seeds.count > 1 ? (squares / Double(seeds.count - 1)).squareRoot() : 0
    func rounded(_ value: Double) -> String {
      let thousandths = Int((value * 1000).rounded())
      let digits = "\(abs(thousandths) % 1000)"
      let whole = abs(thousandths) / 1000
      return (thousandths < 0 ? "-" : "") + (whole > 0 ? "\(whole)" : "") + "."
        + String(repeating: "0", count: 3 - digits.count) + digits
    }
    return "\(rounded(mean)) ± \(rounded(spread))"
  }
}
