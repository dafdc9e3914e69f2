package import Sessions
import Statistics

/// Holds the scores of sessions against the calibrators of a checkpoint, in one streaming pass.
package struct DriftWatch: Sendable {
  private var tallies: [DriftTally]

  package init(_ scores: [FittedScore]) {
    tallies = scores.map { DriftTally($0) }
  }

  package mutating func add(_ session: Session) {
    let rows = RequestRows(session.request)
    for i in tallies.indices { tallies[i].add(session, rows) }
  }

  package func report(_ limits: DriftLimits = DriftLimits()) -> DriftReport {
    var report = DriftReport(limits: limits)
    for tally in tallies {
      let drift = tally.drift
      report.scores[tally.score.name] = drift
      report.alarms += drift.alarms(tally.score.name, limits)
    }
    return report
  }
}

/// Labelled rows of one slice.
private struct LabelTally: Sendable {
  var calibrated = PredictedOverObserved()
  var raw = PredictedOverObserved()

  mutating func add(_ chances: (calibrated: Double, raw: Double), label: Double, user: UInt64) {
    calibrated.add(predicted: chances.calibrated, observed: label, cluster: user)
    raw.add(predicted: chances.raw, observed: label, cluster: user)
  }

  var drift: LabelDrift { LabelDrift(calibrated, raw: raw) }
}

/// One version of a score.
private struct VersionDriftTally: Sendable {
  var candidates = 0
  var raw: ScoreHistogram?
  var labels = LabelTally()
  /// By feature, then by value.
  var slices: [String: [String: LabelTally]] = [:]
}

/// One score.
private struct DriftTally: Sendable {
  /// Values of a feature that are told apart; the others count together.
  private static let mostValues = 50
  /// Versions that are told apart.
  private static let mostVersions = 100
  static let others = "(others)"

  let score: FittedScore
  private var candidates = 0
  private var calibrated: ScoreHistogram?
  private var labels = LabelTally()
  private var versions: [String: VersionDriftTally] = [:]

  init(_ score: FittedScore) {
    self.score = score
    calibrated = score.calibrated?.emptied
  }

  mutating func add(_ session: Session, _ rows: RequestRows) {
    let scale = score.configuration.scale
    let values = score.values(rows)
    let names = score.versions(rows).map { held($0) }
    for row in 0..<rows.count {
      guard let value = values[row], let came = rows.number(row, score.name) else { continue }
      candidates += 1
      calibrated?.add(scale.logOdds(value))
      let reference = score.known(names[row]) ?? score.versions.last
      let empty = VersionDriftTally(raw: reference?.histogram?.emptied)
      versions[names[row], default: empty].candidates += 1
      versions[names[row], default: empty].raw?.add(scale.logOdds(came))
    }
    let given = session.feedback[score.configuration.label] ?? []
    let user = stableHash(session.request.user.id)
    for (place, row) in session.shown.enumerated() where place < given.count {
      guard given[place].isFinite, let value = values[row],
        let came = rows.number(row, score.name)
      else { continue }
      let chances = (scale.chance(value), scale.chance(came))
      add(
        chances, label: given[place] > 0 ? 1 : 0, user: user, version: names[row],
        slices: score.configuration.watched.map { ($0, rows.category(row, $0) ?? "(none)") })
    }
  }

  private mutating func add(
    _ chances: (calibrated: Double, raw: Double), label: Double, user: UInt64, version: String,
    slices: [(feature: String, value: String)]
  ) {
    labels.add(chances, label: label, user: user)
    versions[version]?.labels.add(chances, label: label, user: user)
    for (feature, value) in slices {
      let known = versions[version]?.slices[feature] ?? [:]
      let name = known[value] != nil || known.count < Self.mostValues ? value : Self.others
      versions[version]?.slices[feature, default: [:]][name, default: LabelTally()]
        .add(chances, label: label, user: user)
    }
  }

  private func held(_ version: String) -> String {
    versions[version] != nil || versions.count < Self.mostVersions ? version : Self.others
  }

  var drift: ScoreDrift {
    ScoreDrift(
      label: score.configuration.label,
      psi: calibrated.flatMap { now in score.calibrated.flatMap { now.stability(against: $0) } },
      candidates: candidates, labels: labels.drift,
      versions: Dictionary(
        uniqueKeysWithValues: versions.map { name, tally in
          let known = score.known(name)
          let earlier = (known ?? score.versions.last)?.histogram
          return (
            name,
            VersionDrift(
              known: known != nil,
              psi: tally.raw.flatMap { now in earlier.flatMap { now.stability(against: $0) } },
              candidates: tally.candidates, labels: tally.labels.drift,
              slices: tally.slices.mapValues { $0.mapValues(\.drift) })
          )
        }))
  }
}

extension ScoreDrift {
  fileprivate func alarms(_ score: String, _ limits: DriftLimits) -> [DriftAlarm] {
    var alarms: [DriftAlarm] = []
    func watch(_ psi: Double?, _ candidates: Int, _ version: String?) {
      guard let psi, candidates >= limits.candidates, psi > limits.stability else { return }
      alarms.append(DriftAlarm(score: score, version: version, figure: "psi", value: psi))
    }
    func watch(_ labels: LabelDrift, _ version: String?, _ slice: String?) {
      guard let pcoc = labels.pcoc, labels.isOutside(limits) else { return }
      alarms.append(
        DriftAlarm(score: score, version: version, slice: slice, figure: "pcoc", value: pcoc))
    }
    watch(psi, candidates, nil)
    watch(labels, nil, nil)
    for (name, version) in versions.sorted(by: { $0.key < $1.key }) {
      watch(version.psi, version.candidates, name)
      watch(version.labels, name, nil)
      for (feature, values) in version.slices.sorted(by: { $0.key < $1.key }) {
        for (value, labels) in values.sorted(by: { $0.key < $1.key }) {
          watch(labels, name, "\(feature)=\(value)")
        }
      }
    }
    return alarms
  }
}
