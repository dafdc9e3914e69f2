import Foundation
import Training

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
    return try RunConfiguration(path: path, overrides: overrides, sessions: sessions)
  }
}
