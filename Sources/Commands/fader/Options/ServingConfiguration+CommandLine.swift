import Foundation
import Serving
import StrictYAML

extension ServingConfiguration {
  /// The section `serving` of a configuration file, the defaults without one.
  static func read(_ path: String?, overrides: [String]) throws -> ServingConfiguration {
    if let path, !FileManager.default.fileExists(atPath: path) {
      throw CommandError.missing(path: path, what: "a configuration file")
    }
    if let path { try refuseReadOnce(configuration: path) }
    var document =
      try path.map { try YAMLDocument(path: $0) }
      ?? YAMLDocument(text: "version: 1", file: "defaults")
    for assignment in overrides { try document.set(assignment) }
    let configuration = try document.decode(ServingConfiguration.self, at: ["serving"])
    try configuration.validate()
    return configuration
  }
}
