import Features
import Objectives
import OfflineEvaluation

/// Writes a list item by item, each time the candidate that adds most to the reward by what an item
/// scorer and the rules say; ties go to the lowest index.
///
/// This is how a pointwise method is steered: it may do all that w asks for, save for seeing what
/// items do to each other's feedback.
public struct SteeredGreedy: ListMethod {
  private let scorer: any ItemScorer
  private let gains: SteeredGains

  /// - Precondition: the scorer predicts all feedback kinds of the objectives.
  public init(_ scorer: any ItemScorer, objectives: ObjectiveSet) {
    self.scorer = scorer
    gains = SteeredGains(objectives, feedback: scorer.feedback)
  }

  public func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    lists(
      requests.batch, lengths: requests.lengths, weights: requests.lengths.map { _ in weights })
  }

  /// Lists with a w per request.
  func lists(_ batch: RequestBatch, lengths: [Int], weights: [[Float]]) -> [[Int]] {
    let values = scorer.values(batch)
    return lengths.indices.map { b in
      list(
        values: values[b], columns: batch.columns[b], candidates: batch.candidateCount(b),
        length: lengths[b], weights: weights[b])
    }
  }

  private func list(
    values: [[Float]], columns: [[Float]], candidates: Int, length: Int, weights: [Float]
  ) -> [Int] {
    var placed: [Int] = []
    var open = Array(0..<candidates)
    for _ in 0..<length {
      var best: (place: Int, gain: Float)?
      for (place, candidate) in open.enumerated() {
        let gain = gains.gain(
          of: candidate, after: placed, length: length, columns: columns, values: values,
          weights: weights)
        if best.map({ gain > $0.gain }) ?? true { best = (place, gain) }
      }
      guard let best else { break }
      placed.append(open.remove(at: best.place))
    }
    return placed
  }
}
