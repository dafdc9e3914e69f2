package import Calibration
import JSON
package import Sessions

extension FittedSchema {
  /// The cells with calibrated scores in place of those that came.
  func calibrated(
    _ items: FeatureCells, context: FeatureCells, in text: [UInt8]
  ) -> FeatureCells {
    guard !calibration.isEmpty else { return items }
    var result = items
    let rows = cellRows(items, context: context, in: text)
    for score in calibration {
      guard let cell = itemCells.number(of: score.name) else { continue }
      for (row, value) in score.values(rows).enumerated() {
        if let value { result.set(value, row: row, cell) }
      }
    }
    return result
  }

  /// The candidates of a request as calibration reads them.
  package func cellRows(
    _ items: FeatureCells, context: FeatureCells, in text: [UInt8]
  ) -> some ScoreRows {
    CellRows(
      items: items, itemNames: itemCells, context: context, contextNames: contextCells, text: text)
  }

  /// The scores of a request before and after, in the order of `calibration`.
  package func scored(
    _ items: FeatureCells, context: FeatureCells, in text: [UInt8]
  ) -> [ScoredCandidates] {
    let rows = cellRows(items, context: context, in: text)
    return calibration.map { $0.scored(rows) }
  }

  package func scored(_ request: Request) -> [ScoredCandidates] {
    calibration.map { $0.scored(RequestRows(request)) }
  }

  /// The schema with other maps; nothing else of it changes.
  package func calibrated(by calibration: [FittedScore]) -> FittedSchema {
    FittedSchema(
      item: item, user: user, context: context, columns: columns, feedback: feedback,
      history: history, calibration: calibration)
  }
}

/// Cells of a document as rows of scores.
private struct CellRows: ScoreRows {
  let items: FeatureCells
  let itemNames: CellNames
  let context: FeatureCells
  let contextNames: CellNames
  let text: [UInt8]

  var count: Int { items.rows }

  func number(_ row: Int, _ feature: String) -> Double? {
    itemNames.number(of: feature).flatMap { items[row, $0].finiteNumber }
  }

  func category(_ row: Int, _ feature: String) -> String? {
    itemNames.number(of: feature).flatMap { items[row, $0].category(in: text) }
  }

  func context(_ feature: String) -> String? {
    guard context.rows > 0 else { return nil }
    return contextNames.number(of: feature).flatMap { context[0, $0].category(in: text) }
  }
}

extension [FittedScore] {
  /// Features of the candidates that calibration reads.
  var itemFeatures: [String] {
    map(\.name) + map(\.configuration).itemVersionFields + compactMap(\.configuration.shift)
  }

  /// Items of whose request nothing is known: a version that the request would name is unknown.
  func calibrated(_ items: [Candidate]) -> [Candidate] {
    guard !isEmpty else { return items }
    return calibrated(Request(id: "", user: User(id: ""), candidates: items)).candidates
  }

  /// The same of the items of behaviours.
  func calibrated(_ history: [Behaviour]) -> [Behaviour] {
    guard !isEmpty, !history.isEmpty else { return history }
    let items = calibrated(history.map(\.item))
    var result = history
    for i in result.indices { result[i].item = items[i] }
    return result
  }
}

extension FittedScore {
  /// All that changes an encoding, as text; equal for equal maps.
  var words: String {
    // Text and finite numbers have a form in JSON, so nothing is left out.
    (try? EncodedJSON.line(self)).map { String(decoding: $0, as: UTF8.self) } ?? name
  }
}
