import Foundation
import JSON
package import Sessions
import Synchronization

/// The folder that holds everything one training run leaves behind.
///
/// `config.yaml`, `environment.json`, `metrics.jsonl`, `timings.jsonl`, TensorBoard events,
/// `checkpoints/` and `report/`.
package struct RunDirectory: Sendable {
  package let path: String
  private let holder = ClaimHolder()

  /// Shared by all copies.
  private final class ClaimHolder: Sendable {
    let claim = Mutex<FolderClaim?>(nil)
  }

  /// Makes the folder and those inside it, as far as they are missing.
  package init(path: String) throws(RunError) {
    self.path = path
    for folder in [checkpoints, report] {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw .cannotCreate(path: folder, reason: error.localizedDescription)
      }
    }
  }

  /// Keeps other processes out until `release()` or the end of this one; once claimed, again does
  /// nothing.
  package func claim() throws(FileError) {
    try holder.claim.withLock { claim throws(FileError) in
      guard claim == nil else { return }
      claim = try FolderClaim(
        path,
        remedy: "another training is at work there: wait for its end, or give another directory")
    }
  }

  package func release() { holder.claim.withLock { $0 = nil } }

  /// Where checkpoints go.
  package var checkpoints: String { "\(path)/checkpoints" }
  /// Where the reports go.
  package var report: String { "\(path)/report" }
  /// The resolved configuration.
  package var configFile: String { "\(path)/config.yaml" }
  package var environmentFile: String { "\(path)/environment.json" }
  /// What a run computed: equal seeds give equal files.
  package var metricsFile: String { "\(path)/metrics.jsonl" }
  /// What it took, which no two runs share.
  package var timingsFile: String { "\(path)/timings.jsonl" }

  /// Whether a run was started here before.
  package var isUsed: Bool { FileManager.default.fileExists(atPath: configFile) }

  /// Writes the resolved configuration.
  package func write(config yaml: String) throws(RunError) {
    try write(Data(yaml.utf8), to: configFile)
  }

  /// Writes where the run takes place.
  package func write(_ environment: RunEnvironment) throws(RunError) {
    do {
      try write(Data(try EncodedJSON.page(environment)) + Data("\n".utf8), to: environmentFile)
    } catch let error as RunError {
      throw error
    } catch {
      throw .cannotWrite(path: environmentFile, reason: "\(error)")
    }
  }

  private func write(_ data: Data, to file: String) throws(RunError) {
    do {
      try data.write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw .cannotWrite(path: file, reason: error.localizedDescription)
    }
  }
}
