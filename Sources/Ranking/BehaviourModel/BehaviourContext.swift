package import Autodiff
import FeatureInputs
package import Features
package import Networks

/// What a user's history says about each candidate, from all sequences of behaviours.
package struct BehaviourContext: Sendable {
  let sequences: [BehaviourSequence]
  /// Width of what is said.
  package let width: Int
  /// Whose encodings are kept (`HistoryMemory`). Copies share it, so only one that is frozen may be given
  /// requests whose encodings are kept.
  private let identity = Identity()

  private final class Identity: Sendable {}

  /// - Parameter items: width of an item's features.
  /// - Returns: nil without sequences; no parameter is made then.
  package init?(
    _ configuration: BehaviourConfiguration, layout: FeatureLayout, items: Int,
    in builder: inout ParameterBuilder
  ) {
    guard !layout.history.isEmpty else { return nil }
    var sequences: [BehaviourSequence] = []
    builder.scope("history") { builder in
      for history in layout.history {
        sequences.append(
          BehaviourSequence(configuration, history, items: items, in: &builder))
      }
    }
    self.sequences = sequences
    width = sequences.reduce(0) { $0 + $1.width }
  }

  /// - Parameters:
  ///   - candidates: features of the candidates of the batch, `[R, D]`.
  ///   - input: what makes them from an encoded side; items of the history go the same way.
  /// - Returns: `[R, width]`
  package func callAsFunction(
    _ batch: RequestBatch, candidates: Variable, input: MixedInput, on tape: Tape
  ) -> Variable {
    tape.concatenate(
      zip(sequences, batch.history).enumerated().map { index, pair in
        let (sequence, history) = pair
        // A recording tape needs the way that led to the encodings.
        if let kept = batch.kept, !tape.recording {
          return sequence(
            candidates: candidates, history, kept: kept, sequence: index, model: identity,
            input: input, on: tape)
        }
        return sequence(
          candidates: candidates, items: input(history.items.rows, on: tape), history,
          offsets: batch.offsets, on: tape)
      })
  }
}
