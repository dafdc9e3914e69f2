package import Features
package import ListPolicy
package import Objectives

/// Writes a list item by item, each time the candidate that adds most to the reward by what an item
/// scorer and the rules say; ties go to the lowest index.
///
/// This is how a pointwise method is steered: it may do all that w asks for, save for seeing what
/// items do to each other's feedback.
package struct SteeredWriter: Sendable {
  private let gains: SteeredGains

  /// - Parameter feedback: kinds that the item values are for; holds all that the objectives need.
  package init(_ objectives: ObjectiveSet, feedback: [String]) {
    gains = SteeredGains(objectives, feedback: feedback)
  }

  /// A list per request.
  ///
  /// - Parameters:
  ///   - values: what the scorer says of the batch, `[request][feedback][M]`.
  ///   - weights: w per request.
  ///   - constraints: per request; nil for none.
  ///   - isOver: as in `ListPolicy.lists`.
  /// - Precondition: the constraints leave enough candidates for each length.
  package func lists(
    _ batch: RequestBatch, values: [[[Float]]], lengths: [Int], weights: [[Float]],
    constraints: [DecodingConstraints]? = nil, isOver: () -> Bool = { false }
  ) -> [[Int]] {
    lengths.indices.map { b in
      let constraint = constraints?[b] ?? .none
      precondition(
        constraint.allow(length: lengths[b], candidates: batch.candidateCount(b)),
        "request \(b): \(batch.candidateCount(b)) candidates cannot fill \(lengths[b]) slots under "
          + "\(constraint)")
      return list(
        values: values[b], columns: batch.columns[b], candidates: batch.candidateCount(b),
        length: lengths[b], weights: weights[b], constraint, isOver: isOver)
    }
  }

  private func list(
    values: [[Float]], columns: [[Float]], candidates: Int, length: Int, weights: [Float],
    _ constraint: DecodingConstraints, isOver: () -> Bool
  ) -> [Int] {
    var placed: [Int] = []
    for _ in 0..<length {
      if isOver() { break }
      var isExcluded = [Bool](repeating: false, count: candidates)
      constraint.exclude(after: placed, from: &isExcluded, entries: 0..<candidates)
      var best: (candidate: Int, gain: Float)?
      for candidate in 0..<candidates where !isExcluded[candidate] {
        let gain = gains.gain(
          of: candidate, after: placed, length: length, columns: columns, values: values,
          weights: weights)
        if best.map({ gain > $0.gain }) ?? true { best = (candidate, gain) }
      }
      guard let best else { break }
      placed.append(best.candidate)
    }
    return placed
  }
}
