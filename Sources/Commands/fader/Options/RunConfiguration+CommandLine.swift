import Foundation
import Sessions
import Training

/// Refuses a pipe, as `--config <(..)` is: configurations are read more than once, and paths in them
/// are relative to where they lie.
func refuseReadOnce(configuration path: String) throws(FileError) {
  guard isReadOnce(path) else { return }
  throw .readOnce(path: path, remedy: "write the configuration to a file, and name that")
}

extension RunConfiguration {
  /// Reads `--config` with its `--set`; a file that is not there is a missing input.
  ///
  /// - Parameter sessions: of `--sessions`, in place of the file's data.
  static func read(
    _ path: String, overrides: [String], sessions: [String] = []
  ) throws -> RunConfiguration {
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandError.missing(path: path, what: "a configuration file")
    }
    try refuseReadOnce(configuration: path)
    return try RunConfiguration(path: path, overrides: overrides, sessions: sessions)
  }
}
