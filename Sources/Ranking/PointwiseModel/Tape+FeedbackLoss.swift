package import Autodiff
package import EvaluatorModel
package import Features

extension Tape {
  /// Loss of predicted feedback against what was logged: per session the sum over its slots of which
  /// something is known, divided by the length of its list and by `total`; summed over the heads ->
  /// `[1, 1]`.
  ///
  /// A mean over the known slots would count a list that was left early more per slot than one that was
  /// read to its end, and so expect too often that users leave.
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
        for value in session.feedback[h] {
          targets.append(value.isNaN ? 0 : value / heads[h].unit)
          weights.append(value.isNaN ? 0 : 1 / Float(total * session.shown.count))
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
