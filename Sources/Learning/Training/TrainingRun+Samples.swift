import DataSources
import Foundation
import Sessions

extension TrainingRun {
  /// Held-out sessions that are kept with the run.
  private static let samples = 12
  /// Held-out sessions that they are spread over.
  private static let sampled = 240

  /// Writes some held-out sessions into the run's directory, so that the console of a service shows this
  /// run's own requests at once. Sessions of people stay with their run: a checkpoint has none.
  func keepSamples() throws {
    let file = context.directory.samplesFile
    guard !FileManager.default.fileExists(atPath: file) else { return }
    let source = try SessionSource(context.configuration.data)
    let held = try source.sessions(
      of: .test, limit: Self.sampled, spread: context.workers.sessions)
    guard !held.isEmpty else { return }
    // One less than fits: where every so many sessions are alike, such as first pages of visits, these
    // are not all of one kind.
    let step = max(1, held.count / Self.samples - 1)
    var writer = try SessionWriter(path: file)
    for place in stride(from: 0, to: held.count, by: step).prefix(Self.samples) {
      try writer.write(held[place])
    }
    try writer.finish()
  }
}
