import Autodiff
import FeatureInputs
import Features
import Networks
import Tensors

extension BehaviourSequence {
  /// What one request's history says about each candidate, where encodings are kept: `[R, V]`.
  ///
  /// - Parameters:
  ///   - kept: where; only behaviours that are not there are encoded. Recurrent units encode all of
  ///     them unless all are there.
  ///   - sequence: its place among the sequences.
  ///   - model: whose encodings they are.
  ///   - input: what makes features of the items.
  func callAsFunction(
    candidates: Variable, _ history: HistoryBatch, kept: KeptHistory, sequence: Int,
    model: AnyObject, input: MixedInput, on tape: Tape
  ) -> Variable {
    let (nothingKey, nothingValue) = nothing(on: tape)
    let encodings = kept.memory.encodings(
      kept.names[sequence], of: model, sequence: sequence, together: !encodesOneByOne,
      nothing: (tape.value(nothingKey).scalars, tape.value(nothingValue).scalars)
    ) { places in
      let made = self.encodings(
        input(history.items.rows.selecting(places), on: tape), history.actions.selecting(places),
        sequences: [0, places.count], on: tape)
      return (tape.value(made.keys).scalars, tape.value(made.values).scalars)
    }
    let rows = history.ages.count + 1
    let biases = tape.value(slopes(history.ages, on: tape)).scalars + [0]
    return attended(
      candidates: candidates,
      keys: tape.constant(Matrix(rows: rows, columns: attention, scalars: encodings.keys)),
      values: tape.constant(Matrix(rows: rows, columns: width, scalars: encodings.values)),
      biases: tape.constant(Matrix(rows: rows, columns: 1, scalars: biases)), ends: [0, rows],
      offsets: [0, tape.value(candidates).rows], on: tape)
  }
}
