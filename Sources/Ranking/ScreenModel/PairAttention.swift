import Autodiff
import Networks
import Tensors

/// What candidates see of other items: of those that the user watched, or of those placed above.
///
/// Each pair has a hidden layer over the candidate, the other item, how the two compare, and the product of
/// the comparison with the other item: a difference of scores counts by what the user did to the other
/// and by its category. A softmax over a candidate's pairs, and nothing, weights the hidden layers.
struct PairAttention: Sendable {
  private let query: Linear
  private let key: Linear
  private let score: Linear
  private let compared: Compared?
  /// A
  let width: Int

  private struct Compared: Sendable {
    let plain: Linear
    let number: Linear
    let other: Linear
    let product: Linear
  }

  /// - Parameters:
  ///   - others: width of what is known of another item.
  ///   - comparisons: numbers that compare two items; 0 for none.
  init(
    items: Int, others: Int, comparisons: Int, width: Int, cross: Int, name: String,
    in builder: inout ParameterBuilder
  ) {
    self.width = width
    (query, key, score, compared) = builder.scope(name) { builder in
      (
        Linear(items, width, name: "query", in: &builder),
        Linear(others, width, bias: false, name: "key", in: &builder),
        Linear(width, 1, bias: false, name: "score", in: &builder),
        comparisons > 0
          ? Compared(
            plain: Linear(comparisons, width, bias: false, name: "compared", in: &builder),
            number: Linear(comparisons, cross, bias: false, name: "cross_compared", in: &builder),
            other: Linear(others, cross, name: "cross_other", in: &builder),
            product: Linear(cross, width, bias: false, name: "cross", in: &builder)) : nil
      )
    }
  }

  /// What single items give to their pairs.
  struct Projected {
    /// `[candidates, A]`
    let queries: Variable
    /// `[others, A]`
    let keys: Variable
    /// `[others, C]`
    let crosses: Variable?
  }

  func projected(candidates: Variable, others: Variable, on tape: Tape) -> Projected {
    Projected(
      queries: query(candidates, on: tape), keys: key(others, on: tape),
      crosses: compared.map { $0.other(others, on: tape) })
  }

  /// -> `[rows, A]`, 0 for a row without pairs.
  func callAsFunction(
    _ projected: Projected, _ pairs: Comparisons, on tape: Tape
  ) -> Variable {
    guard pairs.count > 0 else {
      return tape.constant(Matrix(rows: pairs.ends.count - 1, columns: width))
    }
    var sum = tape.add(
      tape.gatherRows(projected.queries, pairs.candidates),
      tape.gatherRows(projected.keys, pairs.others))
    if let compared, let crosses = projected.crosses {
      let numbers = tape.constant(pairs.matrix)
      let products = tape.elementwiseProduct(
        compared.number(numbers, on: tape), tape.gatherRows(crosses, pairs.others))
      sum = tape.add(
        sum,
        tape.add(compared.plain(numbers, on: tape), compared.product(products, on: tape)))
    }
    let hidden = tape.activation(.relu, sum)  // [pairs, A]
    return tape.segmentAttention(
      scores: score(hidden, on: tape), values: hidden, segments: pairs.ends, withNothing: true)
  }
}
