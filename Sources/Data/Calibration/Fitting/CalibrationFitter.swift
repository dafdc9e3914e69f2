package import Sessions
import Statistics

/// Fits the maps of all scores in one streaming pass over training sessions.
///
/// Only training sessions may be added: a map that has seen the held-out labels would make a drifted
/// score look sound. Labels are those of shown items; histograms are of all candidates.
package struct CalibrationFitter: Sendable {
  private var tallies: [ConfiguredTally]
  private var features: Set<String> = []
  private var kinds: Set<String> = []

  package init(_ configurations: [ScoreConfiguration]) {
    tallies = configurations.map { ConfiguredTally(configuration: $0) }
  }

  package mutating func add(_ session: Session) {
    let rows = RequestRows(session.request)
    kinds.formUnion(session.feedback.keys)
    if features.count < 1000 {
      for candidate in session.request.candidates { features.formUnion(candidate.features.keys) }
    }
    for i in tallies.indices { tallies[i].add(session, rows) }
  }

  /// The scores with their maps.
  ///
  /// - Parameter path: of the list in the configuration, for messages.
  package func fit(at path: String, faults: inout [String]) -> [FittedScore] {
    tallies.enumerated().map { number, tally in
      let found = tally.fitted()
      faults += self.faults(tally, found, at: "\(path).\(number)")
      return found
    }
  }

  private func faults(_ tally: ConfiguredTally, _ fitted: FittedScore, at path: String) -> [String]
  {
    let configuration = tally.configuration
    func advice(_ name: String, among names: Set<String>) -> String {
      nearestName(to: name, among: names).map { "did you mean \"\($0)\"?" }
        ?? "the sessions have \(names.sorted().prefix(20).joined(separator: ", "))"
    }
    guard tally.rows > 0 else {
      return [
        "\(path).score: expected a number of the training sessions' candidates, got "
          + "\"\(configuration.score)\", which none has; "
          + advice(configuration.score, among: features.subtracting([configuration.score]))
      ]
    }
    if let version = tally.overflow {
      return [
        "\(path).version: expected at most \(ConfiguredTally.mostVersions) versions of an upstream model, got "
          + "more, such as \"\(version)\"; name a feature that changes with the model only"
      ]
    }
    if configuration.scale == .chance, Double(tally.outside) > 0.01 * Double(tally.rows) {
      return [
        "\(path).scale: expected scores from 0 to 1, got \(tally.outside) of \(tally.rows) outside; "
          + "write scale: log_odds if they are log-odds, or log the score as a chance"
      ]
    }
    let needed = configuration.method.isFitted
    guard needed, fitted.versions.isEmpty else { return [] }
    guard kinds.contains(configuration.label) else {
      return [
        "\(path).label: expected a kind of feedback of the training sessions, got "
          + "\"\(configuration.label)\"; \(advice(configuration.label, among: kinds))"
      ]
    }
    return [
      "\(path): expected a version with at least \(configuration.minimumRows) labelled rows, "
        + "positive and negative ones, got \(tally.labels) rows over all versions; give more "
        + "sessions, or a lower minimum_rows"
    ]
  }
}
