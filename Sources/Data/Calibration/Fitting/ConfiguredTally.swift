import Sessions

/// What the training sessions say of one configured score, version by version.
struct ConfiguredTally: Sendable {
  /// More versions than this are no versions of a model.
  static let mostVersions = 100

  let configuration: ScoreConfiguration
  private var versions: [String: VersionTally] = [:]
  /// Candidates with the score, and those of them with one that is no chance.
  private(set) var rows = 0
  private(set) var outside = 0
  /// Shown items with score and label.
  private(set) var labels = 0
  /// A version that came when there were too many.
  private(set) var overflow: String?

  init(configuration: ScoreConfiguration) {
    self.configuration = configuration
  }

  mutating func add(_ session: Session, _ rows: RequestRows) {
    let score = FittedScore(configuration: configuration, versions: [])
    let versions = score.versions(rows)
    var scores: [Double?] = []
    for row in 0..<rows.count {
      guard let value = rows.number(row, configuration.score) else {
        scores.append(nil)
        continue
      }
      self.rows += 1
      if !(0...1).contains(value) { outside += 1 }
      let x = configuration.scale.logOdds(value)
      scores.append(x)
      guard holds(versions[row]) else { continue }
      self.versions[versions[row], default: VersionTally()].add(x, time: session.time)
    }
    let labels = session.feedback[configuration.label] ?? []
    for (place, row) in session.shown.enumerated() where place < labels.count {
      guard labels[place].isFinite, let x = scores[row], holds(versions[row]) else { continue }
      self.labels += 1
      self.versions[versions[row], default: VersionTally()]
        .add(x, label: labels[place] > 0 ? 1 : 0, field: score.field(row, rows))
    }
  }

  private mutating func holds(_ version: String) -> Bool {
    if versions[version] != nil || versions.count < Self.mostVersions { return true }
    overflow = version
    return false
  }

  func fitted() -> FittedScore {
    var maps = versions.sorted { $0.key < $1.key }.compactMap { $1.map($0, configuration) }
    // What needs no labels can be declared before the version is seen.
    for (name, _) in configuration.versions.sorted(by: { $0.key < $1.key }) {
      let method = configuration.method(of: name)
      guard !method.isFitted, !maps.contains(where: { $0.version == name }) else { continue }
      let map: MonotoneMap =
        method == .sampling
        ? .negativesKept(configuration.negativesKept(of: name)) : .identity
      maps.append(
        VersionMap(
          version: name, method: method, map: map, shifts: [:], rows: 0, positives: 0))
    }
    var score = FittedScore(configuration: configuration, versions: maps)
    score.sort()
    return score
  }
}
