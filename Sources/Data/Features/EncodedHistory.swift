import Foundation

/// One sequence of behaviours of one request as numbers, oldest first.
package struct EncodedHistory: Sendable, Equatable {
  /// `[L, item layout]`; what compares candidates with each other, ranks and shares, is 0 here.
  package var item: EncodedSide
  /// `[L, action layout]`
  package var action: EncodedSide
  /// How long before the newest behaviour of the whole history each happened, `[L]`; see
  /// `scaled(seconds:)`.
  package var ages: [Float]

  package init(item: EncodedSide, action: EncodedSide, ages: [Float]) {
    self.item = item
    self.action = action
    self.ages = ages
  }

  package var count: Int { ages.count }

  /// A span of time on a scale on which a minute, an hour and a day are .51, 1.02 and 1.42.
  package static func scaled(seconds: Double) -> Float {
    Float(log1p(max(0, seconds)) / 8)
  }
}

/// One sequence of behaviours of all requests of a batch.
package struct HistoryBatch: Sendable {
  package let items: SequenceSide
  /// Along the rows of `items`.
  package let actions: EncodedSide
  /// Along the rows of `items`.
  package let ages: [Float]

  init(_ histories: [EncodedHistory]) {
    items = SequenceSide(histories.map(\.item))
    actions = EncodedSide(stacking: histories.map(\.action))
    ages = histories.flatMap(\.ages)
  }
}
