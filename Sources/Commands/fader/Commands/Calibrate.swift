import ArgumentParser
import Calibration
import Checkpoints
import Features
import Sessions

/// `fader calibrate`
struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit maps for new versions of upstream scores into a copy of a checkpoint.",
    discussion: """
      The model stays as it is, tensor by tensor: only the maps of the schema change, and the hashes with them. Versions \
      that the checkpoint knows keep their maps unless --refit names them.

      Example:
        fader calibrate --checkpoint runs/first --sessions today.jsonl.gz --out runs/first-v2
      """)

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(parsing: .upToNextOption, help: "Session files with labelled scores of the new version.")
  var sessions: [String]
  @Option(help: "Folder of the new checkpoint.")
  var out: String
  @Option(help: "Labelled rows that a version needs, in place of the score's minimum_rows.")
  var minimumRows: Int?
  @Option(parsing: .singleValue, help: "A version that is known and gets a new map all the same.")
  var refit: [String] = []
  @Flag(help: "Print what was fitted as JSON.")
  var json = false

  func validate() throws {
    try requirePath(out, of: "--out")
    if let minimumRows, minimumRows < 1 {
      throw ValidationError("--minimum-rows: expected at least 1, got \(minimumRows)")
    }
  }

  func run() throws {
    let path = try checkpoint.path()
    let calibrated = try CalibratedCheckpoint(path)
    if isSameFile(path, out) {
      throw ValidationError("--out: expected another folder than the checkpoint, got \(out)")
    }
    var configurations = calibrated.scores.map(\.configuration)
    if let minimumRows {
      for i in configurations.indices { configurations[i].minimumRows = minimumRows }
    }
    var fitter = CalibrationFitter(configurations)
    for file in sessions {
      var reader = try SessionReader(path: file)
      while let session = try reader.next() { fitter.add(session) }
    }
    var faults: [String] = []
    let fitted = fitter.fit(at: "schema.calibration", faults: &faults)
    guard faults.isEmpty else { throw SchemaErrors(faults) }
    var scores = calibrated.scores
    var added: [AddedVersion] = []
    for i in scores.indices {
      for map in fitted[i].versions where map.newest != nil {
        guard scores[i].known(map.version) == nil || refit.contains(map.version) else { continue }
        scores[i].add(map)
        added.append(AddedVersion(scores[i].name, map))
      }
    }
    guard !added.isEmpty else {
      throw CommandError.noSessions(
        "\(sessions.joined(separator: ", ")): expected scores of versions that the checkpoint does not "
          + "know, got none with enough labels; see fader drift, or name versions with --refit")
    }
    var writer = try CheckpointWriter(copying: calibrated.reader)
    try writer.setSection("schema", calibrated.schema.calibrated(by: scores))
    try writer.write(to: out)
    try json
      ? StandardOutput.write(json: added)
      : StandardOutput.write(added.map(\.text).joined(separator: "\n") + "\n")
    StandardError.note("the checkpoint with the new maps is in \(out)")
  }
}

/// A map that was put into a checkpoint.
private struct AddedVersion: Codable {
  var score: String
  var version: String
  var method: String
  var rows: Int
  var positives: Int
  /// What becomes of some chances.
  var examples: [Example]

  struct Example: Codable {
    var score: Double
    var calibrated: Double
  }

  init(_ score: String, _ map: VersionMap) {
    self.score = score
    version = map.version
    method = map.method.rawValue
    rows = map.rows
    positives = map.positives
    examples = [0.01, 0.03, 0.1, 0.3, 0.6].map {
      Example(score: $0, calibrated: LogOdds.chance(map(LogOdds.of($0), field: nil)))
    }
  }

  var text: String {
    let name = version.isEmpty ? "without a name" : version
    let points = examples.map { "\($0.score) -> \(($0.calibrated * 10_000).rounded() / 10_000)" }
    return "\(score), version \(name): \(method) from \(rows) rows, \(positives) positive; "
      + points.joined(separator: ", ")
  }
}
