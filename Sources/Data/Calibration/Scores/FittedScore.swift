/// A score of the candidates with what training learned of its versions: the calibrator that a
/// checkpoint carries.
package struct FittedScore: Codable, Sendable, Equatable {
  package var configuration: ScoreConfiguration
  /// In the order in which they were seen last, the latest at the end; declared ones before all.
  package var versions: [VersionMap]
  /// Of the calibrated scores of the training part's candidates, in log-odds.
  package var calibrated: ScoreHistogram?

  package init(
    configuration: ScoreConfiguration, versions: [VersionMap], calibrated: ScoreHistogram? = nil
  ) {
    self.configuration = configuration
    self.versions = versions
    self.calibrated = calibrated
  }

  package var name: String { configuration.score }

  /// The map of that name; nil for a version that is unknown.
  package func known(_ version: String) -> VersionMap? { versions.first { $0.version == version } }

  /// The map that scores of a version go through; nil where they stay as they are.
  package func map(of version: String) -> VersionMap? {
    known(version) ?? (configuration.unknownVersion == .raw ? nil : versions.last)
  }

  /// The calibrated score, in the units of the score. The same order as before among the rows of one
  /// version and one value of the shift field.
  package func calibrated(_ score: Double, version: String, field: String?) -> Double {
    guard let map = map(of: version), !map.changesNothing else { return score }
    let scale = configuration.scale
    return scale.score(map(scale.logOdds(score), field: field))
  }

  /// Puts a map in, in place of the one of the same version, as the latest.
  package mutating func add(_ map: VersionMap) {
    versions.removeAll { $0.version == map.version }
    versions.append(map)
    sort()
  }

  /// The same with the histogram of what it gave for the training part.
  package func watching(_ calibrated: ScoreTally) -> FittedScore {
    var result = self
    if calibrated.rows > 0 { result.calibrated = ScoreHistogram(of: calibrated.counts) }
    return result
  }

  mutating func sort() {
    versions.sort {
      ($0.newest ?? -.infinity, $0.version) < ($1.newest ?? -.infinity, $1.version)
    }
  }
}
