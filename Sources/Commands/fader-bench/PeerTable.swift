import Benchmarking
import JSON
import Sessions

/// Figures of all turns.
struct PeerRuns {
  /// By command.
  var own: [String: [[String: Double]]] = [:]
  var eager: [[String: Double]] = []
  var compiled: [[String: Double]] = []

  /// Medians of one metric over the turns.
  func row(_ metric: PeerMetric) -> PeerRow {
    func median(_ runs: [[String: Double]], _ name: String) -> Double? {
      let values = runs.compactMap { $0[name] }
      return values.isEmpty ? nil : Statistics.median(values)
    }
    let own = self.own[metric.command] ?? []
    return PeerRow(
      metric: metric, ours: median(own, metric.own) ?? .nan,
      eager: median(eager, metric.peer), compiled: median(compiled, metric.peer),
      peak: median(own, "peak_gflops") ?? .nan)
  }
}

struct PeerRow {
  let metric: PeerMetric
  let ours: Double
  let eager: Double?
  let compiled: Double?
  /// GFLOP/s beside our measurements, of as many threads as take part.
  let peak: Double

  /// The better of the reference's two.
  var best: Double? {
    let both = [eager, compiled].compactMap(\.self)
    return metric.isRate ? both.max() : both.min()
  }

  /// How many times as fast as the better one we are.
  var ratio: Double? { best.map { metric.isRate ? ours / $0 : $0 / ours } }

  static let header = line([
    "figure", "ours", "eager", "compiled", "ratio", "share of peak", "reference's",
  ])

  var line: String {
    func percent(_ share: Double) -> String { significant(share * 100) + " %" }
    return Self.line([
      metric.peer, significant(ours), eager.map(significant) ?? "-",
      compiled.map(significant) ?? "-", ratio.map(significant) ?? "-",
      percent(metric.share(ours, of: peak)),
      best.map { percent(metric.share($0, of: peak)) } ?? "-",
    ])
  }

  var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "figure": .string(metric.peer), "ours": .number(ours), "eager": number(eager),
      "compiled": number(compiled), "ratio": number(ratio),
      "peak_share": .number(metric.share(ours, of: peak)),
      "reference_peak_share": number(best.map { metric.share($0, of: peak) }),
      "peak_gflops": .number(peak),
    ]
  }

  private static func line(_ cells: [String]) -> String {
    let widths = [26, 10, 10, 10, 8, 14, 12]
    return zip(cells, widths).enumerated().map { index, cell in
      let space = String(repeating: " ", count: max(1, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + space : space + cell.0
    }.joined()
  }
}
