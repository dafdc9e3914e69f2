package import Sessions

extension FittedSchema {
  package var itemCells: CellNames { itemEncoder.names }
  package var userCells: CellNames { userEncoder.names }
  package var contextCells: CellNames { contextEncoder.names }

  /// What `encode(Request)` gives, from cells of the names above.
  ///
  /// - Parameters:
  ///   - items: a row per candidate.
  ///   - user, context: one row each.
  ///   - itemIDs: along the rows of `items`.
  ///   - text: the document that the cells point into.
  package func encode(
    items: FeatureCells, user: FeatureCells, context: FeatureCells, itemIDs: (Int) -> String,
    userID: String, history: [Behaviour] = [], in text: [UInt8]
  ) -> EncodedRequest {
    let items = calibrated(items, context: context, in: text)
    return EncodedRequest(
      item: itemEncoder.encode(items, in: text, id: itemIDs),
      user: userEncoder.encode(user, in: text) { _ in userID },
      context: contextEncoder.encode(context, in: text) { _ in "" },
      columns: itemEncoder.columns(items, in: text), history: encode(history: history))
  }
}

extension FittedSchema {
  /// The same schema with more raw columns, behind those of the objectives; no network reads them.
  package func reading(_ more: [CandidateColumn]) -> FittedSchema {
    guard !more.isEmpty else { return self }
    return FittedSchema(
      item: item, user: user, context: context, columns: columns + more, feedback: feedback,
      history: history, calibration: calibration)
  }

  /// The raw columns alone, from cells: each `[M]`, in the order of `columns`; scores as they came.
  package func columns(items: FeatureCells, in text: [UInt8]) -> [[Float]] {
    itemEncoder.columns(items, in: text)
  }
}
