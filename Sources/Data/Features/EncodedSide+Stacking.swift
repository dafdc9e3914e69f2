extension EncodedSide {
  /// The rows of all sides, one side behind the other.
  ///
  /// All must be of one layout; sides without rows add nothing.
  init(stacking sides: [EncodedSide]) {
    self.init(rows: 0)
    for side in sides {
      rows += side.rows
      numbers += side.numbers
      indices += side.indices
      if !side.bagOffsets.isEmpty {
        let base = bagOffsets.last ?? 0
        if bagOffsets.isEmpty { bagOffsets.append(0) }
        for offset in side.bagOffsets.dropFirst() { bagOffsets.append(base + offset) }
        bagIndices += side.bagIndices
      }
    }
  }

  /// Some rows that follow one another, in time that grows with their number alone.
  func slice(_ range: Range<Int>) -> EncodedSide {
    guard rows > 0 else { return self }
    let (width, fields) = (numbers.count / rows, indices.count / rows)
    var result = EncodedSide(
      rows: range.count,
      numbers: Array(numbers[range.lowerBound * width..<range.upperBound * width]),
      indices: Array(indices[range.lowerBound * fields..<range.upperBound * fields]))
    if !bagOffsets.isEmpty {
      let bags = (bagOffsets.count - 1) / rows
      let offsets = bagOffsets[range.lowerBound * bags...range.upperBound * bags]
      let first = bagOffsets[range.lowerBound * bags]
      result.bagOffsets = offsets.map { $0 - first }
      result.bagIndices = Array(
        bagIndices[Int(first)..<Int(bagOffsets[range.upperBound * bags])])
    }
    return result
  }
}
