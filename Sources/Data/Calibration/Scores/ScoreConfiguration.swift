package import ConfigurationFields

/// How a score is brought back to the chance of its label.
package enum CalibrationMethod: String, ConfigurationChoice {
  case isotonic, platt, temperature, sampling, none

  /// Whether labels are needed to fit it.
  var isFitted: Bool { self != .sampling && self != .none }
}

extension ScoreScale: ConfigurationChoice {}

/// What happens to a score of a version that a checkpoint has no map for.
package enum UnknownVersion: String, ConfigurationChoice {
  /// The map of the version that was seen last is taken.
  case latest
  /// The score stays as it is.
  case raw
  /// As latest where there is nobody to refuse to; `fader rank` and `fader serve` refuse the request.
  case refuse
}

/// What is known of one version of a score beforehand.
package struct VersionConfiguration: Configurable {
  package var method: CalibrationMethod?
  package var negativesKept: Double?

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init("method", \.method, "Method of this version in place of the score's."),
    .init(
      "negatives_kept", \.negativesKept,
      "Share of the negatives that this version of the upstream model was trained with.",
      .above(0, upTo: 1)),
  ]
}

/// One entry of `schema.calibration`: a number of the candidates that an upstream model predicts.
package struct ScoreConfiguration: Configurable {
  package var score = ""
  package var label = "click"
  package var method = CalibrationMethod.isotonic
  package var scale = ScoreScale.chance
  package var negativesKept: Double?
  package var priorRows = 20.0
  package var shift: String?
  package var shiftRows = 200.0
  package var version: String?
  package var versions: [String: VersionConfiguration] = [:]
  package var minimumRows = 500
  package var unknownVersion = UnknownVersion.latest
  package var slices: [String] = []
  package var rank = true

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "score", \.score, "The feature of the candidates that holds the score.", .filled,
      isRequired: true),
    .init(
      "label", \.label,
      "The kind of feedback that the score predicts; any value above 0 counts as 1.", .filled),
    .init(
      "method", \.method,
      "How the score becomes the chance of its label: isotonic for a free rising curve, platt for a "
        + "line in log-odds, temperature for a line through one half, sampling for the formula by "
        + "negatives_kept, none to leave it as it is. All but the last two are fitted to the training "
        + "part."),
    .init("scale", \.scale, "Whether the score is a chance from 0 to 1 or the log-odds of one."),
    .init(
      "negatives_kept", \.negativesKept,
      "Only with sampling: share of the negatives that the upstream model was trained with.",
      .above(0, upTo: 1)),
    .init(
      "prior_rows", \.priorRows,
      "Only with isotonic: rows that Platt's line counts in each block of the curve.", .atLeast(0),
      unit: "rows"),
    .init(
      "shift", \.shift,
      "A feature of the candidates whose values each get an addition to the log-odds, drawn towards 0 "
        + "where they have few rows."),
    .init(
      "shift_rows", \.shiftRows, "Only with shift: rows at which half of the addition is believed.",
      .above(0), unit: "rows"),
    .init(
      "version", \.version,
      "What names the version of the upstream model: item.NAME for a feature of the candidates or "
        + "context.NAME for one of the request. Each version gets a map of its own. The networks do not "
        + "see the feature unless schema.item.fields or schema.context.fields names it."),
    .init(
      "versions", \.versions, "What is known beforehand of single versions, by their names."),
    .init(
      "minimum_rows", \.minimumRows,
      "Labelled rows below which a version gets no map of its own and counts as unknown.",
      .atLeast(1), unit: "rows"),
    .init(
      "unknown_version", \.unknownVersion,
      "What happens to a version without a map: latest takes the map of the version seen last, raw "
        + "leaves the score, refuse lets fader rank and fader serve refuse the request. All three are "
        + "counted."),
    .init(
      "slices", \.slices,
      "Features of the candidates by whose values drift is watched. By default the one of shift."),
    .init(
      "rank", \.rank, "Whether the rank of the score within the request is an input, too."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if let version, VersionField(version) == nil {
      faults.append(
        ConfigurationFault(
          "version", expected: "item.NAME or context.NAME", got: version,
          remedy: "say which side of the request has the feature"))
    }
    if version == nil, let name = versions.keys.min() {
      faults.append(
        ConfigurationFault(
          "versions", expected: "none without version", got: "\"\(name)\"",
          remedy: "name the feature that tells versions apart in version"))
    }
    if method == .sampling, negativesKept == nil, versions.isEmpty {
      faults.append(
        ConfigurationFault(
          "negatives_kept", expected: "the share of negatives that were kept", got: "none",
          remedy: "add negatives_kept, or choose another method"))
    }
    let samples = method == .sampling || versions.values.contains { $0.method == .sampling }
    if negativesKept != nil, !samples {
      faults.append(
        ConfigurationFault(
          "negatives_kept", expected: "none with method \(method.rawValue)", got: "one",
          remedy: "remove it, or choose method: sampling"))
    }
    return faults
  }

  /// Where drift is watched beside the whole.
  package var watched: [String] { slices.isEmpty ? [shift].compactMap(\.self) : slices }

  func method(of version: String) -> CalibrationMethod { versions[version]?.method ?? method }

  func negativesKept(of version: String) -> Double {
    versions[version]?.negativesKept ?? negativesKept ?? 1
  }

  var versionField: VersionField? { version.flatMap { VersionField($0) } }
}

/// Where the name of a score's version stands.
package enum VersionField: Sendable, Hashable {
  case item(String)
  case context(String)

  package init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    switch parts[0] {
    case "item": self = .item(String(parts[1]))
    case "context": self = .context(String(parts[1]))
    default: return nil
    }
  }
}

extension [ScoreConfiguration] {
  /// Features of the candidates that only name versions.
  package var itemVersionFields: [String] {
    compactMap { if case .item(let name) = $0.versionField { name } else { nil } }
  }

  /// Features of the request that only name versions.
  package var contextVersionFields: [String] {
    compactMap { if case .context(let name) = $0.versionField { name } else { nil } }
  }
}
