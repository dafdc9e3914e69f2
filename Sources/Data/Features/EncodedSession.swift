/// Encoded features of the rows of one side: the M items of a request, or its one user or context.
package struct EncodedSide: Sendable, Equatable {
  package var rows: Int
  /// `[rows, layout.numbers]`
  package var numbers: [Float]
  /// `[rows, layout.categoricals]`, rows of the embedding tables.
  package var indices: [Int32]
  /// Bag b of row r is `bagIndices[bagOffsets[r * bags + b] ..< bagOffsets[r * bags + b + 1]]`;
  /// `rows * bags + 1` offsets from 0, or empty when the layout has no bags.
  package var bagOffsets: [Int32]
  package var bagIndices: [Int32]

  package init(
    rows: Int, numbers: [Float] = [], indices: [Int32] = [], bagOffsets: [Int32] = [],
    bagIndices: [Int32] = []
  ) {
    self.rows = rows
    self.numbers = numbers
    self.indices = indices
    self.bagOffsets = bagOffsets
    self.bagIndices = bagIndices
  }
}

/// A request as numbers.
package struct EncodedRequest: Sendable, Equatable {
  package var item: EncodedSide
  package var user: EncodedSide
  package var context: EncodedSide
  /// The objectives' raw columns, each `[M]`, in the order of `FeatureLayout.columns`.
  package var columns: [[Float]]
  /// Sequences of behaviours, in the order of `FeatureLayout.history`.
  package var history: [EncodedHistory]
  /// Where what models make of the history is kept; nil for nowhere.
  package var kept: KeptHistory?

  package init(
    item: EncodedSide, user: EncodedSide, context: EncodedSide, columns: [[Float]],
    history: [EncodedHistory] = [], kept: KeptHistory? = nil
  ) {
    self.item = item
    self.user = user
    self.context = context
    self.columns = columns
    self.history = history
    self.kept = kept
  }

  package var candidateCount: Int { item.rows }
}

/// A session as numbers.
package struct EncodedSession: Sendable, Equatable {
  package var request: EncodedRequest
  /// Candidate indices from the top of the list down.
  package var shown: [Int32]
  /// Per feedback kind of the layout, an array along `shown`; NaN where the log says nothing.
  package var feedback: [[Float]]
  /// Hash of the user's id: sessions of one user share it (splits, bootstrap over users).
  package var userKey: UInt64
  package var time: Double

  package init(
    request: EncodedRequest, shown: [Int32], feedback: [[Float]], userKey: UInt64, time: Double
  ) {
    self.request = request
    self.shown = shown
    self.feedback = feedback
    self.userKey = userKey
    self.time = time
  }
}
