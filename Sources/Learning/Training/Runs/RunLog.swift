/// The three logs of a run behind one call: metrics, timings and TensorBoard events.
package struct RunLog: Sendable {
  package let metrics: StepLog
  package let timings: StepLog
  package let events: EventFile

  /// Opens all three in `directory`; after a resumption, what came after `resumedStep` is dropped.
  package init(_ directory: RunDirectory, resumedStep: Int? = nil) throws(RunError) {
    metrics = try StepLog(path: directory.metricsFile, resumedStep: resumedStep)
    timings = try StepLog(path: directory.timingsFile, resumedStep: resumedStep)
    events = try EventFile(directory: directory.path, resumedStep: resumedStep)
  }

  /// Logs one step.
  ///
  /// - Parameters:
  ///   - metrics: values that the seed determines.
  ///   - timings: values that the clock determines; they go to a file of their own.
  package func log(
    step: Int, _ metrics: [String: Double], timings: [String: Double] = [:]
  ) throws(RunError) {
    try self.metrics.log(step: step, metrics)
    if !timings.isEmpty { try self.timings.log(step: step, timings) }
    try events.log(step: step, metrics.merging(timings) { value, _ in value })
  }
}
