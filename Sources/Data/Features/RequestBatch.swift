/// Requests side by side, without padding: items of all requests are rows of one matrix.
///
/// A request with few candidates costs what it has, and no padded row exists that a sum or a
/// softmax could pick up by mistake.
package struct RequestBatch: Sendable {
  /// Items of request b are rows `offsets[b] ..< offsets[b + 1]`; B + 1 numbers.
  package let offsets: [Int]
  package let item: EncodedSide
  package let user: EncodedSide
  package let context: EncodedSide
  /// `columns[b][c]` is raw column c of request b, `[M_b]`.
  package let columns: [[[Float]]]
  /// Sequences of behaviours, in the order of `FeatureLayout.history`.
  package let history: [HistoryBatch]
  /// Of a batch of one request.
  package let kept: KeptHistory?

  package init(_ requests: [EncodedRequest]) {
    let items = SequenceSide(requests.map(\.item))
    (offsets, item) = (items.offsets, items.rows)
    user = EncodedSide(stacking: requests.map(\.user))
    context = EncodedSide(stacking: requests.map(\.context))
    columns = requests.map(\.columns)
    kept = requests.count == 1 ? requests[0].kept : nil
    history = (requests.first?.history ?? []).indices.map { kind in
      HistoryBatch(requests.map { $0.history[kind] })
    }
  }

  /// B
  package var requestCount: Int { offsets.count - 1 }

  /// M of request b.
  package func candidateCount(_ b: Int) -> Int { offsets[b + 1] - offsets[b] }
}
