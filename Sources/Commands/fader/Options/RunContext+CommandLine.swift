import Tensors
import Training

extension RunContext {
  /// A run that shows its progress on standard error and stops at SIGINT or SIGTERM.
  static func onCommandLine(
    _ configuration: RunConfiguration, directory: String, workers: Workers
  ) throws -> RunContext {
    let watch = InterruptWatch()
    return RunContext(
      configuration: configuration, directory: try RunDirectory(path: directory),
      workers: workers, interrupted: { watch.requested }, note: StandardError.note,
      progress: { ProgressLine.standardError(label: $0, total: $1, unit: $3, start: $2) })
  }
}
