import JSON
import Sessions
import Statistics

/// Sums over consecutive requests.
struct UsersBlock {
  /// Number of the first request within the visit, from 0.
  let first: Int
  private(set) var reward = Welford()
  private var utilities: [Welford]
  private var weights: [Welford]
  private var shown = Welford()
  private var candidates = Welford()
  private var sources: [String: Int] = [:]

  init(first: Int, objectives: Int) {
    self.first = first
    utilities = Array(repeating: Welford(), count: objectives)
    weights = utilities
  }

  var count: Int { reward.count }

  mutating func add(_ visit: UsersReport.Visit) {
    reward.add(visit.reward)
    for i in utilities.indices {
      utilities[i].add(visit.utilities[i])
      weights[i].add(visit.weights[i])
    }
    shown.add(visit.shown)
    candidates.add(visit.candidates)
    sources[visit.source, default: 0] += 1
  }

  func members(_ objectives: [String]) -> [(key: String, value: JSONValue)] {
    let named = { (values: [JSONValue]) in
      JSONValue.object(zip(objectives, values).map { (key: $0, value: $1) })
    }
    return [
      (key: "first", value: .number(Double(first))),
      (key: "requests", value: .number(Double(count))),
      (key: "reward", value: Self.estimate(reward)),
      (key: "utilities", value: named(utilities.map(Self.estimate))),
      (key: "weights", value: named(weights.map { .number($0.mean ?? 0) })),
      (key: "shown", value: Self.estimate(shown)),
      (key: "candidates", value: Self.estimate(candidates)),
      (
        key: "sources",
        value: .object(
          sources.sorted { $0.key < $1.key }.map { (key: $0.key, value: .number(Double($0.value))) }
        )
      ),
    ]
  }

  /// What a table shows beside `first`.
  var cells: [String] {
    ["\(count)"] + ([reward] + utilities).map(Self.text)
      + [shown, candidates].map { Self.rounded($0.mean ?? 0) }
  }

  static func estimate(_ values: Welford) -> JSONValue {
    ["mean": .number(values.mean ?? 0), "standard_error": .number(values.standardError)]
  }

  private static func text(_ values: Welford) -> String {
    "\(rounded(values.mean ?? 0)) +- \(rounded(values.standardError))"
  }

  private static func rounded(_ value: Double) -> String {
    "\((value * 10_000).rounded() / 10_000)"
  }
}

extension Welford {
  /// Standard error of the mean; 0 for a single value, of which nothing is known.
  var standardError: Double { ((sampleVariance ?? 0) / Double(max(1, count))).squareRoot() }
}
