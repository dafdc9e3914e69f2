import ArgumentParser
import Calibration
import Checkpoints
import EvaluationReport
import Features
import JSON
import Sessions

/// `fader drift`
struct Drift: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether upstream scores still mean what they meant in training.",
    discussion: """
      For each score of schema.calibration, by version and by slice: PCOC, the sum of the calibrated chances over what was \
      observed, with its interval of 95 % over users; and PSI, how far the histogram of the scores has moved. The exit code \
      is 2 where an interval lies wholly outside of 0.9 to 1.1 or a PSI is above 0.2.

      Example:
        fader drift --checkpoint runs/first --sessions yesterday.jsonl.gz
        fader drift --checkpoint runs/first --sessions yesterday.jsonl.gz --require 'scores.ctr_score.psi<=0.1'
      """)

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(parsing: .upToNextOption, help: "Session files to look at.")
  var sessions: [String]
  @Option(help: "PCOC below which it is an alarm, with its whole interval.")
  var lowest = DriftLimits().lowest
  @Option(help: "PCOC above which it is an alarm, with its whole interval.")
  var highest = DriftLimits().highest
  @Option(help: "PSI above which it is an alarm.")
  var stability = DriftLimits().stability
  @Option(help: "Candidates below which PSI proves nothing.")
  var candidates = DriftLimits().candidates
  @Flag(help: "Print the report as JSON.")
  var json = false
  @Option(
    parsing: .singleValue,
    help: """
      Bound on a figure of the report, as in scores.ctr_score.psi<=0.1; exit code 2 when it is \
      not met.
      """)
  var require: [String] = []

  func validate() throws {
    if !(lowest > 0 && lowest < highest) {
      throw ValidationError(
        "--lowest: expected above 0 and below --highest (\(highest)), got \(lowest)")
    }
    if !(stability > 0) { throw ValidationError("--stability: expected above 0, got \(stability)") }
    if candidates < 1 {
      throw ValidationError("--candidates: expected at least 1, got \(candidates)")
    }
  }

  func run() throws {
    let requirements = try require.map { try Requirement($0) }
    let scores = try CalibratedCheckpoint(try checkpoint.path()).scores
    var watch = DriftWatch(scores)
    var count = 0
    for file in sessions {
      var reader = try SessionReader(path: file)
      while let session = try reader.next() {
        watch.add(session)
        count += 1
      }
    }
    guard count > 0 else {
      throw CommandError.noSessions(
        "\(sessions.joined(separator: ", ")): expected sessions, got none; check the files")
    }
    var limits = DriftLimits()
    (limits.lowest, limits.highest) = (lowest, highest)
    (limits.stability, limits.candidates) = (stability, candidates)
    let report = watch.report(limits)
    try json ? StandardOutput.write(json: report) : StandardOutput.write(report.text + "\n")
    if !requirements.isEmpty {
      try requirements.check(in: try JSONScanner.parse(Array(try ReportJSON.encode(report))[...]))
    }
    guard report.alarms.isEmpty else {
      throw CommandError.drifted(report.alarms.map(\.description))
    }
  }
}

/// A checkpoint whose schema calibrates scores.
struct CalibratedCheckpoint {
  let reader: CheckpointReader
  let schema: FittedSchema
  var scores: [FittedScore] { schema.calibration }

  init(_ path: String) throws {
    reader = try CheckpointReader(path: path)
    schema = try reader.section("schema", as: FittedSchema.self)
    guard !schema.calibration.isEmpty else {
      throw CommandError.unfitConfiguration(
        "\(path): expected a checkpoint that calibrates scores, got none; name them in "
          + "schema.calibration and train")
    }
  }
}
