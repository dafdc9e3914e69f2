import Autodiff
import Features
import Networks
import Tensors

/// What an item earns by itself in a slot, the start of an evaluator: an effect of the slot and a
/// bent line over each number of the item. Corrections are a linear part of all features of item and
/// request, a bilinear one of how they fit together, and what the item encoder sees.
///
/// Everything but the slot effects starts at zero. Numbers come first and alone, since a few hundred
/// lists tell what a score is worth, but not what thousands of categories are.
struct PointwiseTerms: Sendable {
  /// `[N, heads]`; of heads with the law of examination the logit of the chance that a slot is looked
  /// at.
  let slotEffects: ParameterID
  /// `[1, heads]`, what an item earns where it is looked at and nothing is known of it, as a logit; nil
  /// where all heads add, whose slot effects say it.
  let attraction: ParameterID?
  private let numbers: Linear
  private let item: Linear
  private let request: Linear
  private let encoded: Linear
  /// nil without features of the request.
  private let fit: RequestFit?
  let relations: RelationTerm
  /// nil without a history.
  private let behaviours: BehaviourTerm?
  /// `[1, corrections]`: shares of the corrections, which no gradient moves.
  let shares: ParameterID

  init(
    _ c: EvaluatorConfiguration, encoding: ItemEncoding, fields: Int, slots: Int,
    heads: [EvaluatorHead],
    in builder: inout ParameterBuilder
  ) {
    (
      slotEffects, numbers, item, request, encoded, fit, relations, behaviours, shares, attraction
    ) = builder.scope("pointwise") { builder in
      let isExamined = heads.contains(where: \.isExamined)
      let heads = heads.count
      return (
        // A table, since weight decay must not pull on it.
        builder.normal("slots", rows: slots, columns: heads, deviation: 0, isTable: true),
        Linear(
          encoding.itemNumbers * (Self.bends.count + 1), heads, bias: false, gain: 0,
          name: "numbers", in: &builder),
        Linear(encoding.itemWidth, heads, bias: false, gain: 0, name: "item", in: &builder),
        Linear(encoding.requestWidth, heads, bias: false, gain: 0, name: "request", in: &builder),
        Linear(encoding.width, heads, bias: false, gain: 0, name: "encoded", in: &builder),
        c.fitWidth > 0 && encoding.requestWidth > 0
          ? RequestFit(
            items: encoding.itemWidth, requests: encoding.requestWidth, width: c.fitWidth,
            heads: heads, in: &builder) : nil,
        RelationTerm(c, inputs: encoding.itemWidth, fields: fields, heads: heads, in: &builder),
        encoding.behaviourWidth > 0
          ? BehaviourTerm(
            c, history: encoding.behaviourWidth, items: encoding.itemWidth, heads: heads,
            in: &builder) : nil,
        builder.constant(
          "shares", rows: 1,
          columns: EvaluatorCorrection.cases(withHistory: encoding.behaviourWidth > 0).count,
          value: 1),
        isExamined
          ? builder.normal("attraction", rows: 1, columns: heads, deviation: 0, isTable: true) : nil
      )
    }
  }

  /// What items earn by themselves, without the slot's effect: `[R, heads]`.
  ///
  /// - Parameters:
  ///   - bent: the batch's, if it was made before.
  ///   - share: of a correction, which is left out at 0.
  func items(
    _ items: EncodedItems, _ batch: RequestBatch, bent: Matrix? = nil,
    share: (EvaluatorCorrection) -> Float, on tape: Tape
  ) -> Variable {
    var value = numbers(tape.constant(bent ?? Self.bent(batch.item)), on: tape)
    if let attraction {
      let rows = [Int32](repeating: 0, count: batch.item.rows)
      value = tape.add(value, tape.embedding(attraction.position, rows))
    }
    if share(.linear) > 0 {
      let linear = tape.add(
        item(items.inputs, on: tape),
        tape.repeatRows(request(items.requests, on: tape), offsets: batch.offsets))
      value = tape.add(value, tape.scale(linear, by: share(.linear)))
    }
    if let fit, share(.fit) > 0 {
      value = tape.add(
        value,
        tape.scale(
          fit(items.inputs, requests: items.requests, offsets: batch.offsets, on: tape),
          by: share(.fit)))
    }
    if let behaviours, let history = items.behaviours, share(.behaviours) > 0 {
      value = tape.add(
        value,
        tape.scale(
          behaviours(history, items: items.inputs, on: tape), by: share(.behaviours)))
    }
    if share(.encoded) > 0 {
      value = tape.add(
        value, tape.scale(encoded(items.parts, on: tape), by: share(.encoded)))
    }
    return value
  }

  /// Where the line over a number, in standard deviations, may bend.
  private static let bends: [Float] = [-1, 0, 1]

  /// Each number, and what of it lies above each bend: `[R, numbers * (bends + 1)]`.
  static func bent(_ side: EncodedSide) -> Matrix {
    var scalars: [Float] = []
    scalars.reserveCapacity(side.numbers.count * (bends.count + 1))
    for number in side.numbers {
      scalars.append(number)
      for bend in bends { scalars.append(max(0, number - bend)) }
    }
    return Matrix(
      rows: side.rows, columns: side.rows == 0 ? 0 : scalars.count / side.rows, scalars: scalars)
  }

  /// The slots' effects for L lists: `[L N, heads]`.
  func effects(lists: Int, slots n: Int, on tape: Tape) -> Variable {
    tape.embedding(slotEffects.position, (0..<lists * n).map { Int32($0 % n) })
  }
}

/// What is added to the start of an evaluator, from the smallest model to the largest. Each
/// has to earn its place on held-out sessions when the evaluator is fitted.
package enum EvaluatorCorrection: Int, CaseIterable, Sendable {
  /// All features of item and request, categories among them.
  case linear
  /// A network over one item and its request.
  case encoded
  /// Likeness to and contrast with the items above.
  case relations
  /// All channels, the trunk and the head.
  case channels
  /// How an item fits its request: products of their features.
  case fit
  /// What the user just saw and did; only with a history.
  case behaviours

  /// Those that a model has.
  static func cases(withHistory: Bool) -> [EvaluatorCorrection] {
    allCases.filter { withHistory || $0 != .behaviours }
  }
}
