package import Sessions

/// The candidates of one request, wherever their features stand: what calibration reads of them.
package protocol ScoreRows {
  var count: Int { get }
  /// A usable number; nil where there is none.
  func number(_ row: Int, _ feature: String) -> Double?
  /// A single value as the name of a category; nil where there is none.
  func category(_ row: Int, _ feature: String) -> String?
  /// The same of a feature of the request; nil where it is not at hand.
  func context(_ feature: String) -> String?
}

extension FittedScore {
  /// Calibrated scores, `[M]`; nil where a candidate has none.
  package func values(_ rows: some ScoreRows) -> [Double?] {
    let ofRequest = contextVersion(rows)
    return (0..<rows.count).map { row in
      guard let score = rows.number(row, name) else { return nil }
      return calibrated(
        score, version: ofRequest ?? itemVersion(row, rows), field: field(row, rows))
    }
  }

  /// The version of each candidate's score, `[M]`; empty where nothing names it.
  package func versions(_ rows: some ScoreRows) -> [String] {
    let ofRequest = contextVersion(rows)
    return (0..<rows.count).map { ofRequest ?? itemVersion($0, rows) }
  }

  /// What came and what became of it.
  package func scored(_ rows: some ScoreRows) -> ScoredCandidates {
    ScoredCandidates(
      versions: versions(rows), came: (0..<rows.count).map { rows.number($0, name) },
      calibrated: values(rows))
  }

  /// Versions of candidates with a score that have no map, once each.
  package func unknownVersions(_ rows: some ScoreRows) -> [String] {
    var found: [String] = []
    for (row, version) in versions(rows).enumerated() where rows.number(row, name) != nil {
      if known(version) == nil, !found.contains(version) { found.append(version) }
    }
    return found
  }

  func field(_ row: Int, _ rows: some ScoreRows) -> String? {
    configuration.shift.flatMap { rows.category(row, $0) }
  }

  /// Nil where the candidates name it.
  private func contextVersion(_ rows: some ScoreRows) -> String? {
    guard case .context(let name) = configuration.versionField else { return nil }
    return rows.context(name) ?? ""
  }

  private func itemVersion(_ row: Int, _ rows: some ScoreRows) -> String {
    guard case .item(let name) = configuration.versionField else { return "" }
    return rows.category(row, name) ?? ""
  }
}

/// One score of the candidates of a request, before and after.
package struct ScoredCandidates: Sendable {
  /// `[M]`
  package var versions: [String]
  /// `[M]`, in the units of the score; nil where a candidate has none.
  package var came: [Double?]
  package var calibrated: [Double?]
}

/// The candidates of a request that was read from a log.
package struct RequestRows: ScoreRows {
  private let candidates: [Candidate]
  private let features: FeatureMap

  package init(_ request: Request) {
    candidates = request.candidates
    features = request.context
  }

  package var count: Int { candidates.count }

  package func number(_ row: Int, _ feature: String) -> Double? {
    guard let number = candidates[row].features[feature]?.number, abs(number) <= 1e30 else {
      return nil
    }
    return number
  }

  package func category(_ row: Int, _ feature: String) -> String? {
    Self.single(candidates[row].features[feature])
  }

  package func context(_ feature: String) -> String? { Self.single(features[feature]) }

  private static func single(_ value: FeatureValue?) -> String? {
    guard let value else { return nil }
    if case .texts = value { return nil }
    return value.categories.first
  }
}

extension [FittedScore] {
  /// The request with calibrated scores in place of those that came; other features stay.
  package func calibrated(_ request: Request) -> Request {
    guard !isEmpty else { return request }
    var result = request
    let rows = RequestRows(request)
    for score in self {
      for (row, value) in score.values(rows).enumerated() {
        if let value { result.candidates[row].features[score.name] = .number(value) }
      }
    }
    return result
  }
}
