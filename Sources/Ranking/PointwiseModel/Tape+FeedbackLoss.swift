package import Autodiff
package import EvaluatorModel
package import Features

extension Tape {
  /// Loss of predicted feedback against what was logged: per session the mean over its slots of which
  /// something is known, divided by `total`; summed over the heads -> `[1, 1]`.
  ///
  /// - Parameters:
  ///   - raw: logits and numbers in units, `[shown items, heads]`, session by session from the top of its
  ///     list down.
  ///   - total: sessions of the whole step.
  package func feedbackLoss(
    _ raw: Variable, _ sessions: [EncodedSession], _ heads: [EvaluatorHead], of total: Int
  ) -> Variable {
    let terms = heads.indices.map { h -> Variable in
      var targets: [Float] = []
      var weights: [Float] = []
      for session in sessions {
        precondition(
          session.feedback.count == heads.count,
          "\(heads.count) heads for \(session.feedback.count) feedback kinds")
        let observed = session.feedback[h].count { !$0.isNaN }
        for value in session.feedback[h] {
          targets.append(value.isNaN ? 0 : value / heads[h].unit)
          weights.append(value.isNaN ? 0 : 1 / Float(total * observed))
        }
      }
      let column = columns(h..<h + 1, of: raw)
      return heads[h].kind == .binary
        ? sigmoidCrossEntropy(column, targets: targets, weights: weights)
        : huber(column, targets: targets, weights: weights, delta: numberDelta)
    }
    return sum(terms)
  }

  /// Beyond this many standard deviations an error of a number counts linearly (Huber).
  private var numberDelta: Float { 3 }
}
