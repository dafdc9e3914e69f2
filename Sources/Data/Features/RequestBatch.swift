/// Requests side by side, without padding: items of all requests are rows of one matrix.
///
/// A request with few candidates costs what it has, and no padded row exists that a sum or a
/// softmax could pick up by mistake.
public struct RequestBatch: Sendable {
  /// Items of request b are rows `offsets[b] ..< offsets[b + 1]`; B + 1 numbers.
  public let offsets: [Int]
  public let item: EncodedSide
  public let user: EncodedSide
  public let context: EncodedSide
  /// `columns[b][c]` is raw column c of request b, `[M_b]`.
  public let columns: [[[Float]]]

  public init(_ requests: [EncodedRequest]) {
    let items = SequenceSide(requests.map(\.item))
    (offsets, item) = (items.offsets, items.rows)
    user = EncodedSide(stacking: requests.map(\.user))
    context = EncodedSide(stacking: requests.map(\.context))
    columns = requests.map(\.columns)
  }

  /// B
  public var requestCount: Int { offsets.count - 1 }

  /// M of request b.
  public func candidateCount(_ b: Int) -> Int { offsets[b + 1] - offsets[b] }
}
