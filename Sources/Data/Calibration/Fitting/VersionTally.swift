/// What the training sessions say of one version of a score, in bounded memory.
struct VersionTally: Sendable {
  /// Values of the shift field that are told apart; later ones count with the others only.
  private static let mostValues = 10_000
  /// Width of the cells in which rows of a field's value are counted, in log-odds.
  private static let cell = 1.0 / 64

  private struct Labels: Sendable {
    var rows = 0.0
    var positives = 0.0
  }

  private var labelled = ScoreTally()
  private var all = ScoreTally(limit: 4096)
  /// By value of the field, then by cell.
  private var fields: [String: [Int: Labels]] = [:]
  private(set) var newest = -Double.infinity

  mutating func add(_ x: Double, time: Double) {
    all.add(x)
    newest = max(newest, time)
  }

  mutating func add(_ x: Double, label: Double, field: String?) {
    labelled.add(x, positives: label)
    guard let field, fields[field] != nil || fields.count < Self.mostValues else { return }
    let cell = Int((x / Self.cell).rounded())
    fields[field, default: [:]][cell, default: Labels()].rows += 1
    fields[field, default: [:]][cell, default: Labels()].positives += label
  }

  var labels: (rows: Int, positives: Int) {
    (labelled.rows, Int(labelled.counts.positives))
  }

  /// Nil when there is too little to fit a map to.
  func map(_ version: String, _ configuration: ScoreConfiguration) -> VersionMap? {
    let method = configuration.method(of: version)
    let (rows, positives) = labels
    if method.isFitted {
      guard rows >= configuration.minimumRows, positives > 0, positives < rows else { return nil }
    }
    let counts = labelled.counts
    let map: MonotoneMap =
      switch method {
      case .isotonic: isotonicFit(counts, prior: configuration.priorRows)
      case .platt: plattFit(counts).map
      case .temperature: temperatureFit(counts).map
      case .sampling: .negativesKept(configuration.negativesKept(of: version))
      case .none: .identity
      }
    return VersionMap(
      version: version, method: method, map: map,
      shifts: shifts(after: map, halfway: configuration.shiftRows), rows: rows,
      positives: positives, newest: newest, histogram: ScoreHistogram(of: all.counts))
  }

  private func shifts(after map: MonotoneMap, halfway: Double) -> [String: Double] {
    fields.mapValues { cells in
      var (rows, positives, expected) = (0.0, 0.0, 0.0)
      for (cell, labels) in cells.sorted(by: { $0.key < $1.key }) {
        rows += labels.rows
        positives += labels.positives
        expected += labels.rows * LogOdds.chance(map(Double(cell) * Self.cell))
      }
      return fieldShift(rows: rows, positives: positives, expected: expected, halfway: halfway)
    }
  }
}
