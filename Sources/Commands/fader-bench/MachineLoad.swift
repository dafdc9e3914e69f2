import Foundation

/// How busy the machine was when a comparison began.
struct MachineLoad {
  let cores = ProcessInfo.processInfo.activeProcessorCount
  /// Programs that wanted a core, the mean of the last minute; nil where the system does not tell.
  let average: Double?

  init() {
    let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
    average = text?.split(separator: " ").first.flatMap { Double($0) }
  }

  /// Threads that wait for each other suffer most from strangers, so a ratio does not survive them.
  var warning: String? {
    guard let average, average > 0.5 else { return nil }
    return "Load before the first turn: \(average) on \(cores) cores. Other programs were running: "
      + "neither the figures nor their ratios are those of a quiet machine."
  }
}
