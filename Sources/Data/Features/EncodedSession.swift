/// Encoded features of the rows of one side: the M items of a request, or its one user or context.
public struct EncodedSide: Sendable, Equatable {
  public var rows: Int
  /// `[rows, layout.numbers]`
  public var numbers: [Float]
  /// `[rows, layout.categoricals]`, rows of the embedding tables.
  public var indices: [Int32]
  /// Bag b of row r is `bagIndices[bagOffsets[r * bags + b] ..< bagOffsets[r * bags + b + 1]]`;
  /// `rows * bags + 1` offsets from 0, or empty when the layout has no bags.
  public var bagOffsets: [Int32]
  public var bagIndices: [Int32]

  public init(
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
public struct EncodedRequest: Sendable, Equatable {
  public var item: EncodedSide
  public var user: EncodedSide
  public var context: EncodedSide
  /// The objectives' raw columns, each `[M]`, in the order of `FeatureLayout.columns`.
  public var columns: [[Float]]

  public init(item: EncodedSide, user: EncodedSide, context: EncodedSide, columns: [[Float]]) {
    self.item = item
    self.user = user
    self.context = context
    self.columns = columns
  }

  public var candidateCount: Int { item.rows }
}

/// A session as numbers.
public struct EncodedSession: Sendable, Equatable {
  public var request: EncodedRequest
  /// Candidate indices from the top of the list down.
  public var shown: [Int32]
  /// Per feedback kind of the layout, an array along `shown`; NaN where the log says nothing.
  public var feedback: [[Float]]
  /// Hash of the user's id: sessions of one user share it (splits, bootstrap over users).
  public var userKey: UInt64
  public var time: Double

  public init(
    request: EncodedRequest, shown: [Int32], feedback: [[Float]], userKey: UInt64, time: Double
  ) {
    self.request = request
    self.shown = shown
    self.feedback = feedback
    self.userKey = userKey
    self.time = time
  }
}
