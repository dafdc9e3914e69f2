package import Autodiff
import FeatureInputs
package import Features
package import Networks
import Tensors

extension BehaviourContext {
  /// Before the first behaviour.
  package var start: BehaviourState {
    BehaviourState(sequences: sequences.map { .init(length: $0.length) })
  }

  /// The state after one more behaviour.
  ///
  /// - Parameters:
  ///   - row: the behaviour as the next row of the sequence.
  ///   - time: seconds since 1970, not before the newest one's.
  ///   - sequence: which.
  ///   - input: what makes features of the items.
  ///   - tape: hands out the parameters.
  package func appending(
    _ row: EncodedHistory, at time: Double, to state: BehaviourState, sequence: Int,
    input: MixedInput, on tape: Tape
  ) -> BehaviourState {
    precondition(row.count == 1, "one behaviour at a time, got \(row.count)")
    var next = state
    sequences[sequence].append(
      row, time: time, items: input(row.item, on: tape), to: &next.sequences[sequence], on: tape)
    next.newest = max(next.newest, time)
    return next
  }

  /// What the behaviours behind these states say about each candidate: `[R, width]`.
  ///
  /// - Parameters:
  ///   - states: one per request.
  ///   - candidates: features of the candidates of all requests, `[R, D]`.
  ///   - offsets: start of each request's candidates, and the end.
  package func callAsFunction(
    _ states: [BehaviourState], candidates: Variable, offsets: [Int], on tape: Tape
  ) -> Variable {
    tape.concatenate(
      sequences.indices.map { kind in
        sequences[kind].context(
          candidates: candidates, states.map { ($0.sequences[kind], $0.newest) },
          offsets: offsets, on: tape)
      })
  }
}

extension BehaviourSequence {
  func append(
    _ row: EncodedHistory, time: Double, items: Variable,
    to state: inout BehaviourState.Sequence, on tape: Tape
  ) {
    let (item, value, states) = step(row, items: items, from: state, on: tape)
    (state.item, state.action) = states
    state.keys += tape.value(key(item, on: tape)).scalars
    state.values += tape.value(value).scalars
    state.times.append(time)
    let surplus = state.times.count - state.length
    guard surplus > 0 else { return }
    state.times.removeFirst(surplus)
    state.keys.removeFirst(surplus * attention)
    state.values.removeFirst(surplus * width)
  }

  func context(
    candidates: Variable, _ states: [(state: BehaviourState.Sequence, newest: Double)],
    offsets: [Int], on tape: Tape
  ) -> Variable {
    let rows = states.reduce(0) { $0 + $1.state.times.count }
    let ages = states.flatMap { state, newest in
      state.times.map { EncodedHistory.scaled(seconds: newest - $0) }
    }
    var starts = [0]
    for (state, _) in states { starts.append(starts[starts.count - 1] + state.times.count) }
    return context(
      candidates: candidates,
      keys: tape.constant(
        Matrix(rows: rows, columns: attention, scalars: states.flatMap(\.state.keys))),
      values: tape.constant(
        Matrix(rows: rows, columns: width, scalars: states.flatMap(\.state.values))),
      ages: ages, sequences: starts, offsets: offsets, on: tape)
  }
}
