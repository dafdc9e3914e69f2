import Foundation
import Training

extension RunConfiguration {
  /// Reads `--config` with its `--set`; a file that is not there is a missing input.
  static func read(_ path: String, overrides: [String]) throws -> RunConfiguration {
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandError.missing(path: path, what: "a configuration file")
    }
    return try RunConfiguration(path: path, overrides: overrides)
  }
}
