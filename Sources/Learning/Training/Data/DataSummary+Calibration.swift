import Calibration
import DataSources
import Features
import Sessions
import Tensors

extension DataSummary {
  /// The calibrators of the upstream scores, fitted to the training part in a pass of its own: what the
  /// schema counts are scores that are calibrated already. Without scores nothing is read.
  static func scores(
    _ source: SessionSource, _ configuration: SchemaConfiguration, workers: Workers,
    _ reading: PreparedData.Reading, _ faults: inout [String]
  ) throws -> [FittedScore] {
    guard !configuration.calibration.isEmpty else { return [] }
    var fitter = CalibrationFitter(configuration.calibration)
    var done = 0
    try source.forEachChunk(spread: workers.sessions) { chunk in
      try reading("calibrating scores", done, source.countIfKnown)
      done += chunk.count
      for (session, part) in chunk where part == .train { fitter.add(session) }
    }
    try reading("calibrating scores", done, done)
    return fitter.fit(at: "schema.calibration", faults: &faults)
  }
}
