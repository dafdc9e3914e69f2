import ArgumentParser
import Checkpoints
import Foundation
import Networks

/// `--checkpoint`, shared by the commands that use a trained model.
struct CheckpointOptions: ParsableArguments {
  @Option(help: "A checkpoint folder, or a run directory for its best checkpoint.")
  var checkpoint: String

  /// The checkpoint folder.
  func path() throws -> String {
    try CheckpointPath.resolve(checkpoint)
  }

  /// Where the report of a run's own held-out sessions is kept; nil where a checkpoint was given.
  var reportFolder: String? {
    let path = (try? path()) ?? checkpoint
    return path == checkpoint ? nil : "\(checkpoint)/report"
  }
}

/// What the user may give where a checkpoint is wanted.
enum CheckpointPath {
  /// - Returns: `path` itself, or of the run directory `path` the checkpoint that the judge prefers;
  ///   without a judge the newest.
  static func resolve(_ path: String) throws(CommandError) -> String {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missing(path: path, what: "a checkpoint folder or a run directory")
    }
    let bundle = "\(path)/\(CheckpointFolder.bundleFile)"
    if FileManager.default.fileExists(atPath: bundle) { return path }
    let best = "\(path)/checkpoints/\(CheckpointFolder.best)"
    if FileManager.default.fileExists(atPath: best) { return best }
    return CheckpointFolder.latest(in: "\(path)/checkpoints") ?? path
  }
}
