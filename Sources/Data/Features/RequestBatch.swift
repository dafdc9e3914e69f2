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
    var offsets = [0]
    for request in requests { offsets.append(offsets[offsets.count - 1] + request.item.rows) }
    self.offsets = offsets
    item = RequestBatch.stack(requests.map(\.item))
    user = RequestBatch.stack(requests.map(\.user))
    context = RequestBatch.stack(requests.map(\.context))
    columns = requests.map(\.columns)
  }

  /// B
  public var requestCount: Int { offsets.count - 1 }

  /// M of request b.
  public func candidateCount(_ b: Int) -> Int { offsets[b + 1] - offsets[b] }

  private static func stack(_ sides: [EncodedSide]) -> EncodedSide {
    var all = EncodedSide(rows: 0)
    for side in sides {
      all.rows += side.rows
      all.numbers += side.numbers
      all.indices += side.indices
      if !side.bagOffsets.isEmpty {
        let base = all.bagOffsets.last ?? 0
        if all.bagOffsets.isEmpty { all.bagOffsets.append(0) }
        for offset in side.bagOffsets.dropFirst() { all.bagOffsets.append(base + offset) }
        all.bagIndices += side.bagIndices
      }
    }
    return all
  }
}
