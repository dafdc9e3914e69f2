package import EvaluatorModel
package import Features
import RandomStreams
package import Tensors

/// What a list will earn by boosted trees: slot by slot, from what an item is and what stands above it.
///
/// A judge of another kind than the networks: it shares no weights, no architecture and no way of fitting
/// with them, so what both see is less likely an error of either.
package struct BoostedListModel: Sendable {
  package let heads: [EvaluatorHead]
  /// Sessions that trees were grown on.
  package let fittedSessions: Int
  private let features: SlotFeatures
  /// Along `heads`.
  private let parts: [Part]

  private struct Part: Sendable {
    let rates: CategoryRates
    let trees: BoostedTrees
  }

  /// A fifth of the users only says when to stop.
  private static func isHeld(_ user: UInt64) -> Bool { user % 5 == 0 }

  /// Nil without users on both sides of the split.
  ///
  /// - Parameters:
  ///   - sessions: with the feedback of `layout`.
  ///   - heads: kinds that are predicted, all of them in `layout.feedback`.
  package init?(
    _ sessions: [EncodedSession], heads: [EvaluatorHead], layout: FeatureLayout,
    configuration: BoostingConfiguration = BoostingConfiguration(), seed: UInt64,
    workers: Workers
  ) {
    let fitted = sessions.filter { !Self.isHeld($0.userKey) }
    let held = sessions.filter { Self.isHeld($0.userKey) }
    guard !fitted.isEmpty, !held.isEmpty else { return nil }
    let features = SlotFeatures(layout)
    self.heads = heads
    self.features = features
    fittedSessions = fitted.count
    parts = heads.map { head in
      let place = layout.feedback.firstIndex(of: head.feedback)
      let rates = Self.rates(fitted, place, head, layout)
      func table(_ sessions: [EncodedSession], areFitted: Bool) -> (FeatureRows, [Float]) {
        let tables = workers.map(sessions.count) { i in
          Self.rows(sessions[i], place, head, features, rates, isFitted: areFitted)
        }
        return (
          FeatureRows(width: features.width, scalars: tables.flatMap(\.scalars)),
          tables.flatMap(\.labels)
        )
      }
      let (rows, labels) = table(fitted, areFitted: true)
      let (heldRows, heldLabels) = table(held, areFitted: false)
      return Part(
        rates: rates,
        trees: BoostedTrees(
          rows, labels: labels, held: heldRows, heldLabels: heldLabels,
          loss: head.kind == .binary ? .logistic : .squared, configuration: configuration,
          seed: seed, workers: workers))
    }
  }

  /// Trees of each head.
  package var trees: [Int] { parts.map(\.trees.count) }

  /// Expected feedback of every slot of lists for one request: `[list][head][slot]`.
  package func predict(_ request: EncodedRequest, _ lists: [[Int]]) -> [[[Float]]] {
    let ranks = features.ranks(request.item)
    return lists.map { list in
      zip(heads, parts).map { head, part in
        var rows: [Float] = []
        features.append(
          list, request, ranks: ranks, rates: part.rates, fold: nil, to: &rows)
        return list.indices.map {
          part.trees.prediction(rows, first: $0 * features.width) * head.unit
        }
      }
    }
  }

  private static func rates(
    _ sessions: [EncodedSession], _ place: Int?, _ head: EvaluatorHead, _ layout: FeatureLayout
  ) -> CategoryRates {
    var rates = CategoryRates(CategoryFields(layout))
    for session in sessions {
      let fold = CategoryRates.fold(session.userKey)
      for (item, label) in zip(session.shown, labels(session, place, head)) where !label.isNaN {
        rates.add(label, item: Int(item), session.request, fold: fold)
      }
    }
    return rates
  }

  /// The slots' feedback, of a number in units of its head; NaN where the log says nothing.
  private static func labels(
    _ session: EncodedSession, _ place: Int?, _ head: EvaluatorHead
  ) -> [Float] {
    guard let place else { return session.shown.map { _ in .nan } }
    return session.feedback[place].map { $0 / head.unit }
  }

  /// Rows and labels of the slots whose feedback is known.
  private static func rows(
    _ session: EncodedSession, _ place: Int?, _ head: EvaluatorHead, _ features: SlotFeatures,
    _ rates: CategoryRates, isFitted: Bool
  ) -> (scalars: [Float], labels: [Float]) {
    let labels = labels(session, place, head)
    var rows: [Float] = []
    features.append(
      session.shown.map { Int($0) }, session.request, ranks: features.ranks(session.request.item),
      rates: rates, fold: isFitted ? CategoryRates.fold(session.userKey) : nil, to: &rows)
    let known = labels.indices.filter { !labels[$0].isNaN }
    if known.count == labels.count { return (rows, labels) }
    return (
      known.flatMap { rows[$0 * features.width..<($0 + 1) * features.width] },
      known.map { labels[$0] }
    )
  }
}
