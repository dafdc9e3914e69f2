import ArgumentParser
import Tensors

/// `--workers`, shared by the commands that compute.
struct WorkerOptions: ParsableArguments {
  @Option(help: "Threads to use; results do not depend on it. (default: one per core)")
  var workers: Int?

  func validate() throws {
    if let workers, workers < 1 {
      throw ValidationError("--workers: expected at least 1, got \(workers)")
    }
  }

  var value: Workers { Workers(workers) }
}
