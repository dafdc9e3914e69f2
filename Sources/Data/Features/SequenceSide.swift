/// A side of which every request has any number of rows: its candidates, or what its user did
/// before.
///
/// The rows of all sequences lie one behind the other without padding, so no padded row exists that
/// a sum, a softmax or a recurrence could pick up by mistake, and an empty sequence costs nothing.
package struct SequenceSide: Sendable, Equatable {
  /// `[R, layout]`: R = the rows of all sequences.
  package let rows: EncodedSide
  /// Rows of sequence b are `offsets[b] ..< offsets[b + 1]`; `[B + 1]`, from 0.
  package let offsets: [Int]

  /// One sequence per side, in their order: `B` of them.
  ///
  /// - Precondition: all sides are of one layout.
  package init(_ sequences: [EncodedSide]) {
    var offsets = [0]
    offsets.reserveCapacity(sequences.count + 1)
    for side in sequences { offsets.append(offsets[offsets.count - 1] + side.rows) }
    self.init(rows: EncodedSide(stacking: sequences), offsets: offsets)
  }

  /// - Precondition: `offsets` rise from 0 to the number of rows.
  package init(rows: EncodedSide, offsets: [Int]) {
    precondition(
      offsets.first == 0 && offsets.last == rows.rows
        && zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 },
      "offsets \(offsets) do not divide \(rows.rows) rows")
    self.rows = rows
    self.offsets = offsets
  }

  /// B
  package var count: Int { offsets.count - 1 }

  /// Rows of sequence b.
  package func length(_ b: Int) -> Int { offsets[b + 1] - offsets[b] }

  /// Sequence b by itself.
  package subscript(b: Int) -> EncodedSide { rows.slice(offsets[b]..<offsets[b + 1]) }
}

extension SequenceSide {
  /// The given sequences, in the order given; one may be given several times.
  package func selecting(_ sequences: [Int]) -> SequenceSide {
    SequenceSide(sequences.map { self[$0] })
  }

  /// The sequences of all batches, one batch behind the other.
  package static func concatenated(_ batches: [SequenceSide]) -> SequenceSide {
    var offsets = [0]
    for batch in batches {
      let base = offsets[offsets.count - 1]
      for offset in batch.offsets.dropFirst() { offsets.append(base + offset) }
    }
    return SequenceSide(rows: EncodedSide(stacking: batches.map(\.rows)), offsets: offsets)
  }

  /// Of every sequence the last `length` rows; sequences stand oldest first, so these are the newest.
  package func newest(_ length: Int) -> SequenceSide {
    precondition(length >= 0, "a length must be from 0, got \(length)")
    guard (0..<count).contains(where: { self.length($0) > length }) else { return self }
    return SequenceSide(
      (0..<count).map { b in
        rows.slice(max(offsets[b], offsets[b + 1] - length)..<offsets[b + 1])
      })
  }
}
