extension EncodedSide {
  /// The given rows, in their order.
  package func selecting(_ selected: [Int32]) -> EncodedSide {
    guard rows > 0 else { return self }
    let (width, fields) = (numbers.count / rows, indices.count / rows)
    let bags = bagOffsets.isEmpty ? 0 : (bagOffsets.count - 1) / rows
    var result = EncodedSide(rows: selected.count)
    if bags > 0 { result.bagOffsets.append(0) }
    for index in selected {
      let row = Int(index)
      result.numbers += numbers[row * width..<(row + 1) * width]
      result.indices += indices[row * fields..<(row + 1) * fields]
      for bag in row * bags..<(row + 1) * bags {
        result.bagIndices += bagIndices[Int(bagOffsets[bag])..<Int(bagOffsets[bag + 1])]
        result.bagOffsets.append(Int32(result.bagIndices.count))
      }
    }
    return result
  }
}

extension EncodedSession {
  /// The request with the shown items only, in shown order: all that an evaluator learns from.
  package var shownRequest: EncodedRequest {
    EncodedRequest(
      item: request.item.selecting(shown), user: request.user, context: request.context,
      columns: request.columns.map { column in shown.map { column[Int($0)] } },
      history: request.history)
  }
}
