import Features

/// The candidates of a batch in upstream order, padded to the longest request: `[B, N]`.
struct UpstreamSlots: Sendable {
  /// N, at least 1.
  let slots: Int
  /// Candidates per request.
  let lengths: [Int]
  /// Item row of each padded place, -1 past the end.
  let rows: [Int32]
  /// Padded place of each item row: the way back.
  let places: [Int32]

  init(_ batch: RequestBatch, _ upstream: UpstreamOrder) {
    lengths = (0..<batch.requestCount).map(batch.candidateCount)
    slots = max(1, lengths.max() ?? 1)
    var rows = [Int32](repeating: -1, count: lengths.count * slots)
    var places = [Int32](repeating: -1, count: batch.offsets.last ?? 0)
    for b in lengths.indices {
      for (rank, candidate) in upstream.order(batch, request: b).enumerated() {
        let row = batch.offsets[b] + candidate
        rows[b * slots + rank] = Int32(row)
        places[row] = Int32(b * slots + rank)
      }
    }
    self.rows = rows
    self.places = places
  }
}
