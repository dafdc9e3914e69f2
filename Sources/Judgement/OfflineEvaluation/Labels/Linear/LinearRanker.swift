import Features
import ItemLabels
import Tensors

/// Logistic regression on the features of single items: what a policy has to beat to show that it
/// knows more than a weight per feature.
///
/// Numbers and categories have a weight each, as have the slots, so that the weights of items are
/// those at an equal place; user and context take part without crosses. The strength of the L2
/// penalty is chosen by the log loss on a fifth of the users, then all sessions are fitted.
struct LinearRanker: Sendable {
  /// Penalties that are tried, strongest first; each fit starts from the one before.
  static let penalties = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5]
  /// Without users on both sides of the split there is nothing to choose by.
  static let defaultPenalty = 1e-2
  private static let slots = 20

  /// The penalty that was chosen.
  let penalty: Double
  private let inputs: LinearInputs
  /// Along the columns of `inputs`.
  private let weights: [Double]

  /// - Parameter sessions: all with labels of `kind`.
  init(_ sessions: [ShownItems], kind: String, layout: FeatureLayout, workers: Workers) {
    let inputs = LinearInputs(layout: layout, slots: Self.slots)
    func rows(_ part: [ShownItems]) -> LinearRows {
      LinearRows(part, kind: kind, inputs: inputs)
    }
    let all = rows(sessions)
    // The key is a hash, so its remainder parts the users evenly.
    let fitted = rows(sessions.filter { $0.user % 5 != 0 })
    let held = rows(sessions.filter { $0.user % 5 == 0 })
    var best = (loss: Double.infinity, penalty: Self.defaultPenalty)
    if fitted.count > 0, held.count > 0 {
      var weights = [Double](repeating: 0, count: inputs.width)
      for penalty in Self.penalties {
        weights = Self.fit(fitted, penalty, from: weights, workers)
        let loss = held.loss(weights, l2: 0, workers: workers).value
        if loss < best.loss { best = (loss, penalty) }
      }
    }
    self.inputs = inputs
    penalty = best.penalty
    weights = Self.fit(
      all, penalty, from: [Double](repeating: 0, count: inputs.width), workers)
  }

  /// Log-odds of each item at an equal place, but for what all items of the request share: `[M]`.
  func scores(_ request: EncodedRequest) -> [Double] {
    (0..<request.candidateCount).map { item in
      var sum = 0.0
      inputs.forEachInput(ofItem: item, request) { sum += weights[$0] * $1 }
      return sum
    }
  }

  private static func fit(
    _ rows: LinearRows, _ penalty: Double, from start: [Double], _ workers: Workers
  ) -> [Double] {
    LimitedMemoryDescent().minimum(from: start) {
      rows.loss($0, l2: penalty, workers: workers)
    }
  }
}
