import Autodiff
import Networks

/// What the user's history adds to the feedback of an item, from zero: a network over what the history
/// says of the item, the item itself, and products of the two.
///
/// Without products a network of this size does not find out that what was liked before should be like
/// the item: that is a sum of products of the same features on both sides.
struct BehaviourTerm: Sendable {
  private let itemFit: Linear
  private let historyFit: Linear
  private let hidden: Linear
  private let output: Linear
  private let direct: Linear

  init(
    _ c: EvaluatorConfiguration, history: Int, items: Int, heads: Int,
    in builder: inout ParameterBuilder
  ) {
    let fit = max(1, c.fitWidth)
    (itemFit, historyFit, hidden, output, direct) = builder.scope("history") { builder in
      (
        Linear(items, fit, name: "item_fit", in: &builder),
        Linear(history, fit, name: "history_fit", in: &builder),
        Linear(history + items + fit, c.behaviourHidden, gain: 6, name: "hidden", in: &builder),
        Linear(c.behaviourHidden, heads, bias: false, gain: 0, name: "output", in: &builder),
        Linear(fit, heads, bias: false, gain: 0, name: "direct", in: &builder)
      )
    }
  }

  /// `history [R, width]`, `items [R, D_item]` -> `[R, heads]`
  func callAsFunction(_ history: Variable, items: Variable, on tape: Tape) -> Variable {
    let match = tape.elementwiseProduct(itemFit(items, on: tape), historyFit(history, on: tape))
    let hidden = hidden(
      [(history, nil), (items, nil), (match, nil)], rectified: true, on: tape)
    return tape.add(output(hidden, on: tape), direct(match, on: tape))
  }
}
