package import Autodiff
package import EvaluatorModel
import FeatureInputs
package import Features
package import Networks
import PointwiseModel
package import RandomStreams
package import Tensors

/// Predicts the feedback to a candidate in the next place of a list, from what the models upstream say of
/// it, what the user just watched and did, and what stands above it: a whole re-ranker in a few hundred
/// kilobytes (Gong et al. 2022, arXiv 2208.09577).
///
/// `head = sum_s a_s z_s + b + share * correction`, z the upstream scores in log-odds. Corrections start at
/// 0, so the model starts with the order of the upstream scores.
package struct ScreenRanker: Sendable {
  package let configuration: ScreenConfiguration
  package let heads: [EvaluatorHead]
  package var parameters: Parameters

  private let item: MixedInput
  private let user: MixedInput
  private let context: MixedInput
  private let watched: [Watched]
  let ranked: PairAttention?
  /// Looks at the items below; nil for a model that decides from the top down.
  let below: PairAttention?
  let mixture: HeadMixture
  /// `[scores, heads]`, nil without scores.
  private let offsets: ParameterID?
  /// `[1, heads]`
  private let bias: ParameterID
  /// `[1, heads]`: shares of the corrections, which no gradient moves.
  private let shares: ParameterID
  let measure: Comparisons.Measure

  private struct Watched: Sendable {
    let action: MixedInput
    let attention: PairAttention
  }

  /// - Parameter looksBelow: whether an item also sees what stands below it, which is known where items are
  ///   put into a list that is there already.
  /// - Throws: `ScreenScoreError` for a score that is no number of the items.
  package init(
    _ configuration: ScreenConfiguration, layout: FeatureLayout, heads: [EvaluatorHead],
    looksBelow: Bool = false, stream: RandomStream
  ) throws(ScreenScoreError) {
    var places: [Int] = []
    for name in configuration.scores {
      guard let place = layout.item.numbers.firstIndex(of: name) else {
        throw ScreenScoreError(
          score: name, numbers: layout.item.numbers.filter { !$0.contains(":") })
      }
      places.append(place)
    }
    let c = configuration
    self.configuration = c
    self.heads = heads
    var builder = ParameterBuilder(stream: stream)
    let item = MixedInput(layout.item, name: "item", in: &builder)
    self.item = item
    user = MixedInput(layout.user, name: "user", in: &builder)
    context = MixedInput(layout.context, name: "context", in: &builder)
    let measure = Comparisons.Measure(
      scores: places, numbers: layout.item.numbers.count, fields: layout.item.categoricals.count)
    self.measure = measure
    let comparisons = c.differences ? measure.width : 0
    var watched: [Watched] = []
    for history in c.watched ? layout.history : [] {
      builder.scope("watched.\(history.name)") { builder in
        let action = MixedInput(history.action, name: "action", in: &builder)
        watched.append(
          Watched(
            action: action,
            attention: PairAttention(
              items: item.width, others: item.width + action.width, comparisons: comparisons,
              width: c.attention, cross: c.cross, name: "attention", in: &builder)))
      }
    }
    self.watched = watched
    func neighbours(_ name: String) -> PairAttention {
      PairAttention(
        items: item.width, others: item.width, comparisons: comparisons, width: c.attention,
        cross: c.cross, name: name, in: &builder)
    }
    ranked = c.ranked ? neighbours("ranked") : nil
    below = c.ranked && looksBelow ? neighbours("below") : nil
    let sides = c.ranked ? (looksBelow ? 2 : 1) : 0
    mixture = HeadMixture(
      c,
      fixed: item.width + user.width + context.width + watched.count * c.attention,
      moving: 1 + sides * c.attention, heads: heads.map(\.feedback), in: &builder)
    // Tables, since weight decay must not pull on them.
    offsets =
      c.offsets && !places.isEmpty
      ? builder.normal(
        "offsets", rows: places.count, columns: heads.count, deviation: 0, isTable: true) : nil
    bias = builder.normal("bias", rows: 1, columns: heads.count, deviation: 0, isTable: true)
    shares = builder.constant("shares", rows: 1, columns: heads.count, value: 1)
    var parameters = builder.parameters
    if let offsets {
      parameters.values[offsets.position] = Matrix(
        rows: places.count, columns: heads.count, repeating: 1 / Float(places.count))
    }
    self.parameters = parameters
  }

  /// Names of the feedback that is predicted, in the order of the heads.
  package var feedback: [String] { heads.map(\.feedback) }

  /// Share of a head's correction: 0 leaves what the upstream scores say.
  package subscript(shareOf head: Int) -> Float {
    get { parameters[shares].scalars[head] }
    set { parameters.values[shares.position].scalars[head] = newValue }
  }

  /// Upstream scores of an item as the heads' offsets see them.
  package func scores(of row: Int, in side: EncodedSide) -> [Float] {
    measure.scores.map { side.numbers[row * measure.numbers + $0] }
  }

  /// Sets what a head says by the scores: a factor for each of them and what is added.
  package mutating func setOffsets(of head: Int, to weights: [Float]) {
    guard let offsets else { return }
    for (row, weight) in weights.dropLast().enumerated() {
      parameters.values[offsets.position][row, head] = weight
    }
    parameters.values[bias.position][0, head] = weights[weights.count - 1]
  }

  /// Makes a head say what the other ranker's says by the scores, and no more.
  package mutating func takeOver(_ head: Int, of other: ScreenRanker) {
    guard let offsets else { return }
    let rows = 0..<parameters[offsets].rows
    setOffsets(
      of: head,
      to: rows.map { other.parameters[offsets][$0, head] } + [other.parameters[bias][0, head]])
    self[shareOf: head] = 0
  }

  // MARK: - Running

  /// What is made of a batch once, whatever is placed where.
  package struct Prepared {
    let batch: RequestBatch
    let mixture: HeadMixture.Prepared
    let ranked: PairAttention.Projected?
    let below: PairAttention.Projected?
    /// `[R, heads]`
    fileprivate let offsets: Variable
  }

  package func prepared(_ batch: RequestBatch, on tape: Tape) -> Prepared {
    let items = item(batch.item, on: tape)  // [R, D]
    let requests = tape.concatenate([user(batch.user, on: tape), context(batch.context, on: tape)])
    var parts = [items, tape.repeatRows(requests, offsets: batch.offsets)]
    for (place, watched) in watched.enumerated() {
      parts.append(seen(watched, batch, batch.history[place], items, on: tape))
    }
    return Prepared(
      batch: batch, mixture: mixture.prepared(tape.concatenate(parts), on: tape),
      ranked: ranked?.projected(candidates: items, others: items, on: tape),
      below: below?.projected(candidates: items, others: items, on: tape),
      offsets: offsetRows(batch.item, on: tape))
  }

  /// What the scores say: `[R, heads]`.
  private func offsetRows(_ side: EncodedSide, on tape: Tape) -> Variable {
    let bias = tape.embedding(self.bias.position, [Int32](repeating: 0, count: side.rows))
    guard let offsets else { return bias }
    var scores = Matrix(rows: side.rows, columns: measure.scores.count)
    for row in 0..<side.rows {
      for (column, score) in self.scores(of: row, in: side).enumerated() {
        scores[row, column] = score
      }
    }
    let weights = tape.embedding(offsets.position, scores.columnNumbers)
    return tape.add(tape.linear(tape.constant(scores), weight: weights), bias)
  }

  /// What each candidate sees of a sequence of behaviours: `[R, A]`.
  private func seen(
    _ watched: Watched, _ batch: RequestBatch, _ history: HistoryBatch, _ items: Variable,
    on tape: Tape
  ) -> Variable {
    let others = tape.concatenate([
      item(history.items.rows, on: tape), watched.action(history.actions, on: tape),
    ])
    var pairs = Comparisons(measure)
    for b in 0..<batch.requestCount {
      let rows = history.items.offsets[b]..<history.items.offsets[b + 1]
      for candidate in batch.offsets[b]..<batch.offsets[b + 1] {
        for row in rows {
          pairs.add(
            candidate, of: batch.item, row, of: history.items.rows, age: history.ages[row],
            places: rows.upperBound - row)
        }
        pairs.endRow()
      }
    }
    return watched.attention(
      watched.attention.projected(candidates: items, others: others, on: tape), pairs, on: tape)
  }

  /// Whether an item also sees what stands below it.
  package var looksBelow: Bool { below != nil }

  /// Raw outputs, logits and numbers in units, of candidates in places of lists: `[rows, heads]`.
  ///
  /// - Parameters:
  ///   - rows: of the batch's items.
  ///   - places: one for each of them.
  package func outputs(
    _ prepared: Prepared, rows: [Int32], places: [ListPlace], on tape: Tape
  ) -> Variable {
    let moving = self.moving(prepared, rows: rows, places: places, on: tape)
    let corrections = mixture(prepared.mixture, rows: rows, moving: moving, on: tape)
    let share = parameters[shares].scalars
    return tape.add(
      tape.gatherRows(prepared.offsets, rows),
      tape.elementwiseProduct(
        corrections,
        tape.constant(
          Matrix(
            rows: rows.count, columns: share.count,
            scalars: rows.flatMap { _ in share }))))
  }

  /// The shown items of sessions as the last layers see them: the hidden layer of each head's tower,
  /// `[shown items, T]` each, and what the scores say, `[shown items, heads]`.
  package func shownTowers(
    _ sessions: [EncodedSession], on tape: Tape
  ) -> (towers: [Variable], offsets: Variable) {
    let (rows, places) = shownRows(sessions)
    let prepared = prepared(RequestBatch(sessions.map(\.shownRequest)), on: tape)
    let moving = moving(prepared, rows: rows, places: places, on: tape)
    return (
      mixture.towers(prepared.mixture, rows: rows, moving: moving, on: tape),
      tape.gatherRows(prepared.offsets, rows)
    )
  }

  /// Where each head's last layer lies in the parameters: weight `[T, 1]` and bias `[1, 1]`.
  package var lastLayers: [(weight: ParameterID, bias: ParameterID)] { mixture.lastLayers }

  /// Chances, and numbers in their raw unit, of raw outputs: `[row][head]`.
  package func predictions(_ raw: Matrix) -> [[Float]] {
    let chances = Activation.sigmoid.apply(to: raw.scalars)
    return (0..<raw.rows).map { row in
      heads.indices.map { h in
        let cell = row * heads.count + h
        return heads[h].kind == .binary ? chances[cell] : raw.scalars[cell] * heads[h].unit
      }
    }
  }
}

extension Matrix {
  fileprivate var columnNumbers: [Int32] { (0..<columns).map { Int32($0) } }
}

/// A score of the configuration that the items do not have as a number.
package struct ScreenScoreError: Error, Sendable, Equatable, CustomStringConvertible {
  package let score: String
  package let numbers: [String]

  package var description: String {
    "screen.scores: expected numbers of the items (\(numbers.joined(separator: ", "))), got \(score); "
      + "name features that are numbers, and do not exclude them in schema.item"
  }
}
