import Foundation
import Networks
package import Tensors

/// What every stage of a run works with.
package struct RunContext: Sendable {
  package internal(set) var configuration: RunConfiguration
  package let directory: RunDirectory
  package let workers: Workers
  /// Number of the signal that asks the run to stop, nil while none came.
  package let interrupted: @Sendable () -> Int32?
  /// Prints a line for the user.
  package let note: @Sendable (String) -> Void
  /// Makes the progress display of a stage: label, total (nil: unknown), done before, unit.
  package let progress: @Sendable (String, Int?, Int, String) -> ProgressLine

  package init(
    configuration: RunConfiguration, directory: RunDirectory, workers: Workers,
    interrupted: @escaping @Sendable () -> Int32? = { nil },
    note: @escaping @Sendable (String) -> Void = { _ in },
    progress: @escaping @Sendable (String, Int?, Int, String) -> ProgressLine = RunContext.silent
  ) {
    self.configuration = configuration
    self.directory = directory
    self.workers = workers
    self.interrupted = interrupted
    self.note = note
    self.progress = progress
  }

  /// No display at all.
  package static let silent: @Sendable (String, Int?, Int, String) -> ProgressLine = {
    ProgressLine(
      label: $0, total: $1, unit: $3, start: $2, terminal: nil, clock: { 0 }, output: { _ in })
  }

  var seed: UInt64 { configuration.training.seed }
  var shards: Int { configuration.training.shards }

  func checkpoint(_ name: String) -> String { "\(directory.checkpoints)/\(name)" }
}

/// The run was asked to stop.
package struct RunInterrupted: Error, Sendable {
  package let signal: Int32
  /// Whether there is a state in checkpoints to go on from.
  package var hasState = true
}
