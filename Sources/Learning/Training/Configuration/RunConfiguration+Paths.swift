package import Foundation
import StrictYAML

/// Paths in a configuration file are relative to the folder of that file; those of the command line
/// are relative to the working directory. A configuration that was read holds absolute ones, so that
/// a run can be resumed and evaluated from anywhere.
extension RunConfiguration {
  /// Keys whose values are paths; `*` stands for every position or key.
  private static let pathKeys = [
    "data.sessions.*", "data.split.files.*.*", "training.warm_start.from",
  ]

  /// Reads a file strictly.
  ///
  /// - Parameters:
  ///   - overrides: assignments like `training.seed=2`, as `--set` gives them.
  ///   - sessions: session files in place of the source that the file names, if any.
  /// - Throws: `ConfigurationErrors`, all that are found.
  package init(path: String, overrides: [String] = [], sessions: [String] = []) throws {
    let file = Self.absolute(path)
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    var document = try YAMLDocument(path: path)
    for key in Self.pathKeys { document.rewrite(key) { Self.absolute($0, in: folder) } }
    for assignment in overrides { try document.set(assignment) }
    for key in Self.pathKeys { document.rewrite(key) { Self.absolute($0) } }
    try self.init(document, sessions: sessions.map { Self.absolute($0) })
  }

  /// - Parameter folder: what a relative path is relative to, without one the working directory.
  package static func absolute(_ path: String, in folder: URL? = nil) -> String {
    // An empty path is a fault that the file's owner is to see as such.
    path.isEmpty ? path : URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
  }
}
