import EvaluationReport
import Statistics

extension EvaluationAccumulator {
  /// Objectives beyond which the hypervolume is left out: its cost grows steeply with them.
  static let mostDimensions = 6

  /// Mean utilities of every probe as `view` sees them, raw units: `[probe][k]`; of probes
  /// without a request nil.
  func meanUtilities(_ view: Viewpoint) -> [[Double]?] {
    sums.map { sum in
      sum.requests > 0 ? sum[view].generated.map { $0 / Double(sum.requests) } : nil
    }
  }

  /// Mean utilities of the logged lists over all probes, raw units.
  func meanLogged(_ view: Viewpoint) -> [Double] {
    let requests = Double(max(1, sums.reduce(0) { $0 + $1.requests }))
    return objectives.indices.map { k in
      sums.reduce(0) { $0 + $1[view].logged[k] } / requests
    }
  }

  /// - Parameter evaluated: the reported probes, in order.
  func front(evaluated: [Int]) -> FrontSummary? {
    let points = evaluated.compactMap { meanUtilities(.evaluators)[$0] }
    guard !points.isEmpty else { return nil }
    let logged = meanLogged(.evaluators)
    let reference = objectives.indices.map { k in
      points.reduce(logged[k]) { min($0, $1[k]) }
    }
    let isFree = nonDominated(points)
    let free = isFree.indices.filter { isFree[$0] }
    return FrontSummary(
      hypervolume: objectives.count <= Self.mostDimensions
        ? hypervolume(points.map(scaled), reference: scaled(reference)) : nil,
      reference: Dictionary(uniqueKeysWithValues: zip(objectives, reference)),
      nonDominatedShare: Double(free.count) / Double(points.count), nonDominated: free)
  }

  /// In units of the objectives' scales.
  func scaled(_ utilities: [Double]) -> [Double] { zip(utilities, scales).map { $0 / $1 } }
}
