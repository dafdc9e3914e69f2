import Autodiff
import Networks
import Tensors

/// From the summary of a list to an output per slot and head.
enum SlotHead: Sendable {
  /// A hidden layer that every slot passes through, which sees what stands in and around the slot
  /// beside the summary.
  case shared(hidden: Linear, output: Linear)
  /// All slots at once from the summary: the plain form.
  case plain(Linear)

  init(
    around: Int, summary: Int, hidden: Int, slots: Int, heads: Int, startsAtZero: Bool,
    in builder: inout ParameterBuilder
  ) {
    let gain: Double = startsAtZero ? 0 : 3
    self = builder.scope("head") { builder in
      guard hidden > 0 else {
        return .plain(Linear(summary, slots * heads, gain: gain, name: "0", in: &builder))
      }
      return .shared(
        hidden: Linear(around + summary, hidden, gain: 6, name: "0", in: &builder),
        output: Linear(hidden, heads, gain: gain, name: "1", in: &builder))
    }
  }

  /// `summary [L, T]`, around: `[L N, _]` each -> `[L N, heads]`
  func callAsFunction(
    _ summary: Variable, slots n: Int, on tape: Tape, around: () -> [Variable]
  ) -> Variable {
    let lists = tape.value(summary).rows
    switch self {
    case .plain(let output): return tape.reshape(output(summary, on: tape), rows: lists * n)
    case .shared(let hidden, let output):
      let parts: [(x: Variable, segments: [Int]?)] =
        around().map { ($0, nil) } + [(summary, (0...lists).map { $0 * n })]
      return output(hidden(parts, rectified: true, on: tape), on: tape)
    }
  }
}
